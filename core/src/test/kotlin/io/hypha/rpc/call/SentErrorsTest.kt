package io.hypha.rpc.call

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.OverloadedException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.ProtocolException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.cancel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds

/** What a caller is told when a handler fails (protocol §3.6, §3.8). */
class SentErrorsTest {
    private class OddException(
        message: String?,
    ) : Exception(message)

    private fun failing(cause: Throwable) = service("s") { function<Any?>("fail") { throw cause } }

    @Test
    fun `each failure has the text that peers and proxies match on`() {
        val texts =
            mapOf(
                IllegalStateException("no luck") to "IllegalStateException: no luck",
                OddException(null) to "OddException: ",
                object : RuntimeException("nameless") {} to "Error: nameless",
                OutOfMemoryError("too big") to "OutOfMemoryError: too big",
                ServiceNotFoundException("Service not found: x") to "KeyError: 'Service not found: x'",
                PermissionDeniedException("Permission denied for workspace x") to "Permission denied for workspace x",
                PermissionDeniedException("only the owner") to "PermissionError: only the owner",
                MethodNotFoundException("Session not found: a/b:c") to "Session not found: a/b:c",
                PeerGoneException("Client disconnected: ws/x") to "Client disconnected: ws/x",
                OverloadedException("ws/x is busy") to "OverloadedError: ws/x is busy",
                EncodingException("cannot be sent", "a.b") to "TypeError: a.b: cannot be sent",
                ProtocolException("broken") to "ValueError: broken",
                RemoteException("ValueError", "remote") to "ValueError: remote",
                RemoteException(null, "remote") to "remote",
                ConnectionClosedException("gone") to "ConnectionClosedException: gone",
            )
        for ((cause, text) in texts) {
            withScriptedPeer { alice, peer ->
                alice.provideService(failing(cause))
                peer.call("services.s.fail")
                withClue(cause) { peer.expectRejection() shouldBe text }
            }
        }
    }

    @Test
    fun `a foreign failure travels on without new words in front`() =
        withTwoClients { alice, bob ->
            alice.provideService(failing(OddException("at the source")))
            val source = bob.getServiceOf("alice", "s")
            bob.provideService(service("relay") { function<Any?>("pass") { source.call<Any?>("fail") } })
            val failure = shouldThrow<RemoteException> { alice.getServiceOf("bob", "relay").call<Any?>("pass") }
            failure.remoteType shouldBe "OddException"
            failure.remoteMessage shouldBe "at the source"
            failure.remoteTrace shouldStartWith "io.hypha.rpc.call.SentErrorsTest"
        }

    @Test
    fun `what one side throws on purpose is the same on the other`() {
        val causes =
            listOf(
                PermissionDeniedException("only the owner"),
                ServiceNotFoundException("Service not found: x"),
                RemoteException("ValueError", "remote", "its trace"),
                OverloadedException("ws/bob is busy"),
            )
        for (cause in causes) {
            withTwoClients { alice, bob ->
                bob.provideService(failing(cause))
                val failure = shouldThrow<HyphaException> { alice.getServiceOf("bob", "s").call<Any?>("fail") }
                failure::class shouldBe cause::class
                failure.message shouldBe cause.message
            }
        }
    }

    @Test
    fun `no failure of a handler proves that it did not run, however its words are wrapped`() {
        val words = "Method expired or not found: ws/alice:services.s.fail"
        val causes =
            listOf(
                MethodNotFoundException(words),
                MethodNotFoundException(" $words"),
                Error(words),
                object : RuntimeException(words) {},
                RemoteException("Error", "Target peer ws/bob is not connected"),
                PeerGoneException("Target peer ws/bob is not connected", didNotRun = true),
                OverloadedException("ws/bob is busy"),
                RemoteException("OverloadedError", "ws/bob is busy"),
            )
        for (cause in causes) {
            withTwoClients { alice, bob ->
                bob.provideService(failing(cause))
                val failure = shouldThrow<HyphaException> { alice.getServiceOf("bob", "s").call<Any?>("fail") }
                withClue(cause) { failure.didNotRun shouldBe false }
                // The same without the way over the wire.
                val own = shouldThrow<HyphaException> { bob.getServiceOf("bob", "s").call<Any?>("fail") }
                withClue(cause) { own.didNotRun shouldBe false }
            }
        }
    }

    @Test
    fun `a handler that runs out of its own time is answered`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(service("s") { function<Any?>("slow") { withTimeout(1.seconds) { CompletableDeferred<Unit>().await() } } })
            peer.call("services.s.slow")
            peer.expectRejection() shouldStartWith "TimeoutCancellationException: "
        }

    @Test
    fun `a handler that waits for something that was cancelled, or cancels itself, is answered`() =
        withScriptedPeer { alice, peer ->
            val cancelled = CompletableDeferred<Unit>().also { it.cancel() }
            alice.provideService(
                service("s") {
                    function<Any?>("wait") { cancelled.await() }
                    function<Any?>("quit") {
                        currentCoroutineContext().cancel()
                        CompletableDeferred<Unit>().await()
                    }
                },
            )
            for (name in listOf("wait", "quit")) {
                peer.call("services.s.$name")
                peer.expectRejection() shouldStartWith "JobCancellationException: "
            }
        }

    @Test
    fun `a message with half a character is sent all the same`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(failing(IllegalStateException("half \uD83D of it")))
            peer.call("services.s.fail")
            peer.expectRejection() shouldBe "IllegalStateException: half ? of it"
        }

    @Test
    fun `a result that cannot be sent is refused with the place in it`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(
                service("s") {
                    function<Any?>("odd") { mapOf("items" to listOf(1, Any())) }
                    function<Any?>("lambda") { listOf({ 1 }) }
                    function<Any?>("text") { "half \uD83D" }
                },
            )
            peer.call("services.s.odd")
            peer.expectRejection() shouldStartWith "TypeError: result.items[1]: Unsupported type"
            peer.call("services.s.lambda")
            peer.expectRejection() shouldStartWith "TypeError: result[0]: A bare lambda"
            peer.call("services.s.text")
            peer.expectRejection() shouldStartWith "TypeError: result: The text has an unpaired surrogate"
        }
}
