package io.hypha.rpc.conformance.provider

import io.hypha.rpc.call.CallScope
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.callback0
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.MembersBuilder
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.service
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds

/** The functions that the scenarios of the JavaScript peer call: the counterpart of `src/test/js/provider` in Kotlin. */
internal class KotlinProvider(
    private val connection: HyphaConnection,
) {
    private val streams = Streams()
    private var kept: RemoteFunction? = null

    fun definition(id: String): Service =
        service(id) {
            visibility = Visibility.Public
            requireContext = true
            value("version", "1.0")
            value("language", "kotlin")
            about()
            values()
            callbacks()
            streams.define(this)
            errors()
            large()
            files()
        }

    private fun MembersBuilder.about() {
        function("whoami") { mapOf("language" to "kotlin", "workspace" to connection.workspace, "clientId" to connection.clientId) }
        function("context", param("a", default = null), param("b", default = null)) { a: Any?, b: Any? ->
            mapOf("a" to a, "b" to b, "context" to contextMap())
        }
        function("emitEvent", param("type"), param("to"), param("data")) { type: String, to: String, data: Any? ->
            connection.emit(type, data, to)
        }
    }

    private fun CallScope.contextMap() =
        mapOf("from" to context.from, "to" to context.to, "ws" to context.workspace, "user" to context.user.entries)

    private fun MembersBuilder.values() {
        function("echo", param("x", default = null)) { x: Any? -> x }
        function("add", param("a"), param("b"), description = "Adds two numbers.") { a: Double, b: Double -> a + b }
        group("math") { function("mul", param("a"), param("b")) { a: Double, b: Double -> a * b } }
        function("kwargs", param("a"), param("b"), param("scale"), param("label")) { a: Any?, b: Any?, scale: Any?, label: Any? ->
            mapOf("a" to a, "b" to b, "scale" to scale, "label" to label)
        }
        function("kinds") { Kinds.names }
        function("make", param("kind")) { kind: String -> Kinds.make(kind) }
        function("mirror", param("point")) { point: Point -> Point(point.y, point.x) }
    }

    private fun MembersBuilder.callbacks() {
        function("callCallback", param("callback"), param("n")) { callback: RemoteFunction, n: Int ->
            var sum = 0.0
            for (i in 1..n) sum += callback.call<Double>(i)
            sum
        }
        function("callCallbackAtOnce", param("callback"), param("n")) { callback: RemoteFunction, n: Int ->
            coroutineScope { (1..n).map { async { callback.call<Double>(it) } }.awaitAll() }.sum()
        }
        function(
            "callbackEcho",
            param("callback"),
            param("value", default = null),
        ) { callback: RemoteFunction, value: Any? -> callback(value) }
        function("callInside", param("holder")) { holder: Map<String, Any?> ->
            ((holder["list"] as List<*>).first() as RemoteFunction)(holder["factor"])
        }
        function("callbackThrows", param("callback")) { callback: RemoteFunction ->
            try {
                callback()
                "the callback did not throw"
            } catch (e: io.hypha.rpc.RemoteException) {
                e.message.orEmpty()
            }
        }
        function("nested", param("a"), param("callback")) { a: Double, callback: RemoteFunction ->
            callback.call<Double>(a, callback { x: Double -> x * 10 }) + 1
        }
        function("keepCallback", param("callback")) { callback: RemoteFunction? -> kept = callback }
        function("callKept", param("value")) { value: Any? ->
            try {
                mapOf("value" to kept?.invoke(value))
            } catch (e: io.hypha.rpc.HyphaException) {
                mapOf("error" to e.message)
            }
        }
        function("returnsFunction", param("factor")) { factor: Double -> callback { x: Double -> x * factor } as Any }
        function("returnsFunctions", param("start")) { start: Double -> returnedFunctions(start) }
    }

    private fun returnedFunctions(start: Double): Map<String, Any?> {
        var count = start
        return mapOf(
            "increment" to
                callback { by: Double ->
                    count += by
                    count
                },
            "greetings" to mapOf("hello" to callback { name: String -> "hello $name" }),
            "list" to listOf(callback0 { "first" }, callback { x: Any? -> x }),
            "note" to "plain values may stand beside them",
        )
    }

    private fun MembersBuilder.errors() {
        function("fail", param("message")) { message: String -> error<Unit>(IllegalStateException(message)) }
        function("failLater", param("message")) { message: String ->
            delay(1.milliseconds)
            error<Unit>(IllegalStateException(message))
        }
        function("failNamed", param("message")) { message: String -> error<Unit>(SporeError(message)) }
        function("failType") { error<Unit>(ClassCastException("no such type")) }
        function("returnsUnsendable") { mapOf("spore" to Thread.currentThread()) }
    }

    private fun <T> error(cause: Exception): T = throw cause

    private fun MembersBuilder.large() {
        function("slow", param("ms")) { ms: Int ->
            delay(ms.milliseconds)
            ms
        }
        function("big", param("size")) { size: Int ->
            val data = patternBytes(size)
            mapOf("data" to data, "size" to size, "sha256" to sha256(data))
        }
        function("bigArray", param("length")) { length: Int ->
            val data = patternFloats(length)
            mapOf("data" to data, "length" to length, "sha256" to sha256(littleEndian(data)))
        }
        function("checksum", param("bytes")) { bytes: Bytes ->
            mapOf("type" to "Bytes", "size" to bytes.size, "sha256" to sha256(bytes))
        }
    }

    private fun MembersBuilder.files() {
        function("readStream", param("file")) { file: ByteSource -> readAll(file) }
        function("openStream", param("bytes")) { bytes: ByteArray -> bytes.inputStream() as Any }
    }

    private suspend fun readAll(file: ByteSource): ByteArray {
        var all = ByteArray(0)
        while (true) {
            val part = file.read(READ_SIZE)
            if (part.size == 0) return all
            all += part.toByteArray()
        }
    }

    private companion object {
        const val READ_SIZE = 65_536
    }
}

/** An error with a name of its own. */
internal class SporeError(
    message: String,
) : RuntimeException(message)
