package io.hypha.rpc.metrics

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback0
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.interfaceObject
import io.hypha.rpc.testing.connectOver
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.transport.LinkedPair
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class CallMetricsTest {
    private val ofAlice = RecordedMetrics()
    private val ofBob = RecordedMetrics()

    /** Only what [test] does after it has called this counts. */
    private fun forget() {
        for (metrics in listOf(ofAlice, ofBob)) {
            metrics.calls.clear()
            metrics.frames.clear()
        }
    }

    private fun measured(test: suspend TestScope.(alice: HyphaConnection, bob: HyphaConnection) -> Unit) =
        runTest {
            val pair = LinkedPair(infoOf("alice"), infoOf("bob"))
            val alice = connectOver(pair.left) { metrics = ofAlice }
            val bob = connectOver(pair.right) { metrics = ofBob }
            try {
                test(alice, bob)
            } finally {
                alice.close()
                bob.close()
            }
        }

    @Test
    fun `a call is told of on both sides, with the time that each of them took`() =
        measured { alice, bob ->
            bob.provide {
                function("slow") {
                    delay(3.seconds)
                    "done"
                }
            }
            val service = alice.serviceOf("bob")
            forget()
            service.call<String>("slow") shouldBe "done"
            ofAlice.calls.shouldContainExactly("call svc.slow", "call svc.slow Success 3000")
            ofBob.calls.shouldContainExactly("incoming svc.slow", "incoming svc.slow Success 3000")
        }

    @Test
    fun `members of groups have the names of their groups`() =
        measured { alice, bob ->
            bob.provide { group("math") { function("one") { 1 } } }
            val service = alice.serviceOf("bob")
            forget()
            service.call<Int>("math.one") shouldBe 1
            ofAlice.calls.shouldContainExactly("call svc.math.one", "call svc.math.one Success 0")
        }

    @Test
    fun `a failing handler is an error of its own class for the provider and a remote one for the caller`() =
        measured { alice, bob ->
            bob.provide { function<Unit>("fail") { error("a secret of bob's") } }
            val service = alice.serviceOf("bob")
            forget()
            shouldThrow<RemoteException> { service.call<Unit>("fail") }
            ofAlice.calls.last() shouldBe "call svc.fail Error RemoteException 0"
            ofBob.calls.last() shouldBe "incoming svc.fail Error IllegalStateException 0"
        }

    @Test
    fun `a time-out of the handler's own is its failure, not a cancellation`() =
        measured { alice, bob ->
            bob.provide { function<Unit>("late") { withTimeout(1.seconds) { awaitCancellation() } } }
            val service = alice.serviceOf("bob")
            forget()
            shouldThrow<RemoteException> { service.call<Unit>("late") }
            ofBob.calls.last() shouldBe "incoming svc.late Error TimeoutCancellationException 1000"
        }

    @Test
    fun `a caller that gives up has cancelled the call on both sides`() =
        measured { alice, bob ->
            bob.provide { function<Unit>("wait") { awaitCancellation() } }
            val service = alice.serviceOf("bob")
            forget()
            val caller = launch { service.call<Unit>("wait") }
            runCurrent()
            caller.cancelAndJoin()
            runCurrent()
            ofAlice.calls.last() shouldBe "call svc.wait Cancelled 0"
            ofBob.calls.last() shouldBe "incoming svc.wait Cancelled 0"
        }

    @Test
    fun `a silent provider is an error with the name of the time-out`() =
        runTest {
            val pair = LinkedPair(infoOf("alice"), infoOf("bob"))
            val alice = connectOver(pair.left) { metrics = ofAlice }
            shouldThrow<CallTimeoutException> { alice.getServiceOf("nobody", "secret-service") }
            ofAlice.calls.shouldContainExactly(
                "call built-in.get_service",
                "call built-in.get_service Error CallTimeoutException 30000",
            )
            alice.close()
        }

    @Test
    fun `a call that no handler sees is refused, and its name, which the caller chose, is told to nobody`() =
        measured { alice, bob ->
            lateinit var kept: RemoteFunction
            bob.provide {
                function("keep", param("n"), param("f")) { n: Int, f: RemoteFunction ->
                    kept = f
                    n
                }
            }
            val service = alice.serviceOf("bob")
            forget()
            shouldThrow<RemoteException> { service.call<Int>("keep", "no number", callback0 { 1 }) }
            service.call<Int>("keep", 1, callback0 { 1 })
            shouldThrow<MethodNotFoundException> { kept.call<Int>() }
            ofBob.calls.first() shouldBe "refused EncodingException"
            ofBob.calls.last() shouldBe "call (session).(callback) Error MethodNotFoundException 0"
            ofAlice.calls.last() shouldBe "refused MethodNotFoundException"
        }

    @Test
    fun `however many callbacks, streams and interface objects there are, their names are few`() =
        measured { alice, bob ->
            bob.provide {
                function("twice", param("f")) { f: RemoteFunction -> f.call<Int>() + f.call<Int>() }
                function("items") { flowOf(1, 2) }
                function("object") { interfaceObject { function("seven") { 7 } } }
            }
            val service = alice.serviceOf("bob")
            forget()
            repeat(3) {
                service.call<Int>("twice", callback0 { 1 }) shouldBe 2
                service.stream<Int>("items").toList() shouldBe listOf(1, 2)
                service.call<RemoteService>("object").call<Int>("seven") shouldBe 7
            }
            names(ofAlice) shouldBe
                setOf(
                    "call svc.twice",
                    "incoming (session).(callback)",
                    "call svc.items",
                    "call (session).(stream)",
                    "call svc.object",
                    "call (interface).seven",
                )
            names(ofBob) shouldBe
                setOf(
                    "incoming svc.twice",
                    "call (session).(callback)",
                    "incoming svc.items",
                    "incoming (session).(stream)",
                    "incoming svc.object",
                    "incoming (interface).seven",
                )
        }

    private fun names(metrics: RecordedMetrics) = metrics.calls.map { it.split(' ').take(2).joinToString(" ") }.toSet()

    @Test
    fun `what one side sends the other receives, and a long message is one call in many frames`() =
        measured { alice, bob ->
            bob.provide { function("size", param("data")) { data: ByteArray -> data.size } }
            val service = alice.serviceOf("bob")
            forget()
            service.call<Int>("size", ByteArray(1_000_000)) shouldBe 1_000_000
            ofAlice.calls.shouldContainExactly("call svc.size", "call svc.size Success 0")
            ofBob.calls.shouldContainExactly("incoming svc.size", "incoming svc.size Success 0")
            ofAlice.sentBytes shouldBe ofBob.receivedBytes
            ofBob.sentBytes shouldBe ofAlice.receivedBytes
            ofAlice.frames.count { it == "sent" } shouldBe ofBob.frames.count { it == "received" }
            // One to begin, four pieces, one to end.
            ofAlice.frames.count { it == "sent" } shouldBe 6
        }

    @Test
    fun `a call of a function of one's own that came back leaves no trace`() =
        measured { alice, bob ->
            bob.provide { function("back", param("f")) { f: RemoteFunction -> f } }
            val own = alice.serviceOf("bob").call<RemoteFunction>("back", callback0 { 1 })
            forget()
            own.call<Int>() shouldBe 1
            ofAlice.calls.shouldBeEmpty()
            ofAlice.frames.shouldBeEmpty()
        }
}
