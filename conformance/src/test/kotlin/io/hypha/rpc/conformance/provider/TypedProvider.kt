package io.hypha.rpc.conformance.provider

import io.hypha.rpc.HyphaException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.CallContext
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.jvm.RemoteName
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow

/** Functions that the scenarios of the JavaScript peer call, as an interface. */
internal interface TypedProvider {
    val version: String
    val language: String
    val math: TypedMath

    suspend fun echo(x: Any? = null): Any?

    suspend fun add(
        a: Double,
        b: Double = 100.0,
    ): Double

    suspend fun kwargs(
        a: Any?,
        b: Any?,
        scale: Any?,
        label: Any?,
    ): Map<String, Any?>

    suspend fun callCallback(
        callback: suspend (Int) -> Double,
        n: Int,
    ): Double

    suspend fun callCallbackAtOnce(
        callback: suspend (Int) -> Double,
        n: Int,
    ): Double

    suspend fun callbackEcho(
        callback: suspend (Any?) -> Any?,
        value: Any? = null,
    ): Any?

    suspend fun callInside(holder: Map<String, Any?>): Any?

    suspend fun callbackThrows(callback: suspend () -> Unit): String

    suspend fun nested(
        a: Double,
        callback: suspend (Double, suspend (Double) -> Double) -> Double,
    ): Double

    suspend fun keepCallback(callback: RemoteFunction?)

    suspend fun callKept(value: Any?): Map<String, Any?>

    @RemoteName("generator")
    fun counting(
        n: Int,
        label: String?,
    ): Flow<Int>

    fun generatorThrows(
        n: Int,
        message: String,
        label: String?,
    ): Flow<Int>

    fun generatorOfBytes(
        n: Int,
        size: Int,
    ): Flow<ByteArray>

    suspend fun generatorOfValues(): Flow<Any?>

    suspend fun streamEnd(label: String): Map<String, Any>?

    suspend fun whose(context: CallContext): String
}

internal interface TypedMath {
    suspend fun mul(
        a: Double,
        b: Double,
    ): Double
}

internal class TypedProviderInKotlin : TypedProvider {
    private val streams = Streams()
    private var kept: RemoteFunction? = null

    override val version = "1.0"
    override val language = "kotlin"
    override val math =
        object : TypedMath {
            override suspend fun mul(
                a: Double,
                b: Double,
            ): Double = a * b
        }

    override suspend fun echo(x: Any?): Any? = x

    override suspend fun add(
        a: Double,
        b: Double,
    ): Double = a + b

    override suspend fun kwargs(
        a: Any?,
        b: Any?,
        scale: Any?,
        label: Any?,
    ): Map<String, Any?> = mapOf("a" to a, "b" to b, "scale" to scale, "label" to label)

    override suspend fun callCallback(
        callback: suspend (Int) -> Double,
        n: Int,
    ): Double {
        var sum = 0.0
        for (i in 1..n) sum += callback(i)
        return sum
    }

    override suspend fun callCallbackAtOnce(
        callback: suspend (Int) -> Double,
        n: Int,
    ): Double = coroutineScope { (1..n).map { async { callback(it) } }.awaitAll() }.sum()

    override suspend fun callbackEcho(
        callback: suspend (Any?) -> Any?,
        value: Any?,
    ): Any? = callback(value)

    override suspend fun callInside(holder: Map<String, Any?>): Any? =
        ((holder["list"] as List<*>).first() as RemoteFunction)(holder["factor"])

    override suspend fun callbackThrows(callback: suspend () -> Unit): String =
        try {
            callback()
            "the callback did not throw"
        } catch (e: RemoteException) {
            e.message.orEmpty()
        }

    override suspend fun nested(
        a: Double,
        callback: suspend (Double, suspend (Double) -> Double) -> Double,
    ): Double = callback(a) { it * 10 } + 1

    override suspend fun keepCallback(callback: RemoteFunction?) {
        kept = callback
    }

    override suspend fun callKept(value: Any?): Map<String, Any?> =
        try {
            mapOf("value" to kept?.invoke(value))
        } catch (e: HyphaException) {
            mapOf("error" to e.message)
        }

    override fun counting(
        n: Int,
        label: String?,
    ): Flow<Int> = streams.counting(n, label)

    override fun generatorThrows(
        n: Int,
        message: String,
        label: String?,
    ): Flow<Int> = streams.failing(n, message, label)

    override fun generatorOfBytes(
        n: Int,
        size: Int,
    ): Flow<ByteArray> = streams.bytes(n, size)

    override suspend fun generatorOfValues(): Flow<Any?> = streams.mixed()

    override suspend fun streamEnd(label: String): Map<String, Any>? = streams.end(label)

    override suspend fun whose(context: CallContext): String = context.from
}
