package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaException
import kotlin.coroutines.cancellation.CancellationException

// Users' encoders and decoders may throw anything; a bad value must end as an error of that value.

internal fun Codec<Any>.encode(value: Any): Any? = guarded(name) { encoder!!(value) }

internal fun Codec<*>.decode(entries: Map<String, Any?>): Any {
    // Java can return null.
    val decoded: Any? = guarded(name) { decoder!!(entries) }
    return decoded ?: throw EncodingException("The codec '$name' decoded a value as null")
}

private inline fun <T> guarded(
    codec: String,
    block: () -> T,
): T =
    try {
        block()
    } catch (e: HyphaException) {
        throw e
    } catch (e: CancellationException) {
        throw e
    } catch (e: Exception) {
        // Its message may quote the value; the cause keeps it for whoever looks.
        throw EncodingException("The codec '$codec' failed with ${typeName(e)}", cause = e)
    }
