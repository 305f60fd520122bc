package io.hypha.rpc.conformance.python

import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.MembersBuilder
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.value.MemoryView
import io.hypha.rpc.value.OrderedMap
import io.hypha.rpc.value.RemoteError
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.onCompletion

/** The services that the recorded JavaScript provider had, in Kotlin: `vec` and `vec-ctx`. */
internal class VecProvider {
    private lateinit var kept: RemoteFunction

    /** Streams that have ended, by whatever end. */
    var endedStreams: Int = 0
        private set

    suspend fun register(connection: HyphaConnection) {
        connection.registerService("vec") {
            name = "JS vectors"
            type = "vec-type"
            description = "js"
            visibility = Visibility.Public
            values()
            functions()
        }
        connection.registerService("vec-ctx") {
            visibility = Visibility.Public
            requireContext = true
            function("ctx", param("x")) { x: Any? -> mapOf("x" to x, "from" to context.from, "rk" to context.user.id) }
            function("ctx2", param("x")) { x: Any? -> mapOf("x" to x, "from" to context.from) }
        }
    }

    private fun MembersBuilder.values() {
        function("echo", param("x")) { x: Any? -> x }
        function("kw", param("a"), param("b"), param("c")) { a: Int, b: Int, c: Int -> mapOf("a" to a, "b" to b, "c" to c) }
        function("fail", param("message")) { message: String -> error<Any>(message) }
        function("types") { types() }
        group("nested") { group("inner") { function("echo", param("x")) { x: Any? -> x } } }
    }

    private fun <T> error(message: String): T = throw IllegalStateException(message)

    private fun MembersBuilder.functions() {
        function("counter", param("start"), param("end")) { start: Int, end: Int -> counting(start, end) }
        function("acounter", param("start"), param("end")) { start: Int, end: Int -> counting(start, end) }
        function("call_me", param("callback"), param("n")) { callback: RemoteFunction, n: Int ->
            List(n) { it }.map { callback.call<Int>(it) }
        }
        function("keep", param("storage")) { storage: Map<String, Any?> ->
            kept = storage["getItem"] as RemoteFunction
            kept("k1")
        }
        function("use_kept", param("key")) { key: String -> kept(key) }
        function("make_fn") { callback { x: Int -> x + 1 } as Any }
    }

    private fun counting(
        start: Int,
        end: Int,
    ): Flow<Int> = (start until end).asFlow().onCompletion { endedStreams++ }

    private fun types(): Map<String, Any?> =
        mapOf(
            "n" to null,
            "u" to null,
            "t" to true,
            "i" to 42,
            "neg" to -7,
            "big" to (1L shl 40),
            "big53" to (1L shl 53),
            "flt" to 1.5,
            "one" to 1.0,
            "s" to "héllo ✓",
            "u8" to byteArrayOf(0, 1, -1),
            "ab" to MemoryView(byteArrayOf(1, 2)),
            "dv" to MemoryView(byteArrayOf(3)),
            "set" to setOf(1, 2),
            "map" to OrderedMap("a" to 1),
            "f32" to floatArrayOf(1f, 2f),
            "i16" to shortArrayOf(-1, 2),
            "err" to RemoteError("Error: x"),
        )
}
