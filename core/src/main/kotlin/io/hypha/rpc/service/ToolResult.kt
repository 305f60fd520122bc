package io.hypha.rpc.service

import io.hypha.rpc.EncodingException
import io.hypha.rpc.value.Complex
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.value.RemoteError
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.io.encoding.Base64
import kotlin.time.Instant

/** More items of a stream than any model reads. */
private const val MAX_ITEMS = 10_000

/** A received value as JSON, for language models. */
internal suspend fun toolResult(value: Any?): JsonElement =
    when (value) {
        is Bytes -> JsonPrimitive(Base64.encode(value.array, value.offset, value.offset + value.size))
        is Float, is Double -> jsonOrNull(value) ?: JsonPrimitive(value.toString())
        is NDArray -> rows(value, emptyList())
        is Instant -> JsonPrimitive(value.toString())
        is RemoteError -> JsonObject(mapOf("error" to JsonPrimitive(value.message)))
        is Collection<*> -> JsonArray(value.map { toolResult(it) })
        is Map<*, *> -> JsonObject(value.entries.associate { (key, entry) -> key.toString() to toolResult(entry) })
        is Flow<*> -> JsonArray(items(value).map { toolResult(it) })
        else -> jsonOrNull(value) ?: throw EncodingException("a ${value!!::class.simpleName} has no form in JSON; call the function itself")
    }

private suspend fun items(stream: Flow<*>): List<Any?> {
    val items = stream.take(MAX_ITEMS + 1).toList()
    if (items.size > MAX_ITEMS) throw EncodingException("the stream has more than $MAX_ITEMS items; call the function itself")
    return items
}

/** Row by row, as nested lists. */
private suspend fun rows(
    array: NDArray,
    index: List<Int>,
): JsonElement {
    val depth = index.size
    if (depth < array.rank) return JsonArray(List(array.shape[depth]) { index + it }.map { rows(array, it) })
    val element = array.get(*index.toIntArray())
    return toolResult(if (element is Complex) listOf(element.real, element.imaginary) else element)
}
