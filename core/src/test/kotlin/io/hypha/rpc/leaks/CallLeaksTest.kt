package io.hypha.rpc.leaks

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.EncodingException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.service.interfaceObject
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.milliseconds

/** What is left of calls that end with their result, or by a failure. */
class CallLeaksTest {
    private val callback = callback { n: Int -> n + 1 }

    @Test
    fun `calls with callbacks leave nothing`() =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide { function("apply", param("f"), param("n")) { f: RemoteFunction, n: Int -> f.call<Int>(n) } }
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(100_000)) {
                service.call<Int>("apply", callback, it) shouldBe it + 1
            }
        }

    @Test
    fun `calls that time out leave nothing`() =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide { function<RemoteFunction, Unit>("wait", param("f")) { _ -> awaitCancellation() } }
            val wait = alice.serviceOf("bob")["wait"].withTimeout(1.milliseconds)
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(10_000)) {
                shouldThrow<CallTimeoutException> { wait.call<Unit>(callback) }
            }
        }

    @Test
    fun `calls whose handler or callback fails leave nothing`() =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide {
                function<RemoteFunction, Int>("fail", param("f")) { error("no") }
                function("pass", param("f")) { f: RemoteFunction -> f.call<Int>("no number") }
            }
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(2_000)) {
                shouldThrow<RemoteException> { service.call<Int>(if (it % 2 == 0) "fail" else "pass", callback) }
            }
        }

    @Test
    fun `calls that cannot be encoded take back what was encoded before`() =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide { function("count", param("values")) { values: List<Any?> -> values.size } }
            val service = alice.serviceOf("bob")
            val lent = interfaceObject { function("f") { 1 } }
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(2_000)) {
                val another = interfaceObject { function("g") { 2 } }
                shouldThrow<EncodingException> { service.call<Int>("count", listOf(callback, flowOf(1), lent, another, Any())) }
                lent.ids.size shouldBe 0
            }
        }

    @Test
    fun `results that cannot be encoded take back what was encoded before`() =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide { function<List<Any?>>("some") { listOf(callback, flowOf(1), interfaceObject { function("g") { 2 } }, Any()) } }
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(2_000)) {
                shouldThrow<RemoteException> { service.call<Any?>("some") }
            }
        }

    @Test
    fun `results that do not fit the type that was asked for leave nothing`() =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide { function<List<Any?>>("some") { listOf(callback, flowOf(1), "text") } }
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(2_000)) {
                shouldThrow<EncodingException> { service.call<List<Flow<Int>>>("some") }
            }
        }
}
