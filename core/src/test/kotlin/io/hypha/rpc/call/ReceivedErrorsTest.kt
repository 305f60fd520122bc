package io.hypha.rpc.call

import io.hypha.rpc.HyphaException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.OverloadedException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.testing.packed
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.WireLimits
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import org.junit.jupiter.api.Test
import kotlin.reflect.KClass

/** What a `reject` is on this side, whoever sent it (protocol §3.8, §7.7). The call is one of `ws/me` to `services.s.f` of `ws/peer`. */
class ReceivedErrorsTest {
    private val request = CallRequest("ws/peer", "services.s.f", emptyList())
    private val traceback =
        """
        Traceback (most recent call last):
            result = await method(*args)
          File "service.py", line 3, in f
            raise ValueError("boom: twice")
        """.trimIndent()
    private val js = "Error: js error\n    at file://a.js:25:46\n    at async file://a.js:25:1"

    private fun decodeArgument(argument: Any?): HyphaException =
        RemoteErrors.decode(Bytes(packed(listOf(argument))), WireLimits.Default, "ws/me", request)

    private fun decode(
        text: String,
        trace: String = "",
    ): HyphaException = decodeArgument(mapOf("_rtype" to "error", "_rvalue" to text, "_rtrace" to trace))

    private fun shouldSay(
        text: String,
        type: String?,
        message: String,
    ) = withClue(text) {
        val error = decode(text).shouldBeInstanceOf<RemoteException>()
        error.remoteType shouldBe type
        error.remoteMessage shouldBe message
        error.message shouldBe listOfNotNull(type, message).joinToString(": ")
        if ('\n' in text) error.remoteTrace shouldContain text
    }

    @Test
    fun `one line is split into type and message`() {
        shouldSay("Error: boom", "Error", "boom")
        shouldSay("TypeError: x is not a function", "TypeError", "x is not a function")
        shouldSay("service.errors.OddError: odd", "service.errors.OddError", "odd")
        shouldSay("just words: no type", null, "just words: no type")
        shouldSay("", null, "")
    }

    @Test
    fun `of a traceback the exception counts`() {
        shouldSay("$traceback\nValueError: boom: twice\n", "ValueError", "boom: twice")
        shouldSay("$traceback\nservice.errors.OddError: odd", "service.errors.OddError", "odd")
        shouldSay("$traceback\nKeyError", null, "KeyError")
        shouldSay("$traceback\npydantic.ValidationError: 1 error for X\na\n  required", "pydantic.ValidationError", "1 error for X")
        shouldSay("$traceback\nOSError: a\n\nDuring handling\n\n$traceback\nValueError: b", "ValueError", "b")
    }

    @Test
    fun `of other texts the first line counts`() {
        shouldSay("IllegalStateException: first line\nsecond line", "IllegalStateException", "first line")
        shouldSay("\n\nError: after blank lines", "Error", "after blank lines")
        shouldSay(js, "Error", "js error")
    }

    @Test
    fun `the words that hops put in front are gone`() {
        shouldSay("RemoteError:Error: RemoteError: Error: js error", "Error", "js error")
        shouldSay("RemoteError:$js\n$js", "Error", "js error")
        shouldSay("Error: RemoteError: $traceback\nValueError: boom\n\n", "ValueError", "boom")
        shouldSay("$traceback\nhypha_rpc.rpc.RemoteException: RemoteError:$js", "Error", "js error")
        shouldSay("$traceback\nhypha_rpc.rpc.RemoteException: RemoteError:$traceback\nValueError: boom", "ValueError", "boom")
    }

    @Test
    fun `a bare message gets its type from the trace`() {
        val error = decode("boom: no", "Traceback (most recent call last):\n  File \"s.py\"\nValueError: boom: no\n")
        error.shouldBeInstanceOf<RemoteException>().remoteType shouldBe "ValueError"
        error.remoteMessage shouldBe "boom: no"
        error.remoteTrace shouldContain "s.py"
        decode("boom", "ValueError: other").shouldBeInstanceOf<RemoteException>().remoteType shouldBe null
    }

    @Test
    fun `what is no error object says what it can and shows no values`() {
        decodeArgument("text").message shouldBe "text"
        decodeArgument(mapOf("_rtype" to "error", "_rvalue" to "no trace")).message shouldBe "no trace"
        decodeArgument(mapOf("_rtype" to "error", "_rvalue" to "nil trace", "_rtrace" to null)).message shouldBe "nil trace"
        for (odd in listOf(null, mapOf("password" to "hidden"), mapOf("_rtype" to "error", "_rvalue" to 5), listOf("hidden"), 5)) {
            withClue(odd) { decodeArgument(odd).message shouldBe "the peer gave no reason" }
        }
        RemoteErrors.decode(null, WireLimits.Default, "ws/me", request).message shouldBe "the peer gave no reason"
    }

    @Test
    fun `the protocol's own texts for this very call have exceptions of their own`() {
        val texts =
            mapOf<String, KClass<out HyphaException>>(
                "Method expired or not found: ws/me:services.s.f" to MethodNotFoundException::class,
                "Session not found: ws/me:services.s.f" to MethodNotFoundException::class,
                "Method not found: ws/me:services.s.f at peer" to MethodNotFoundException::class,
                "Error: Invalid method: ws/me:services.s.f" to MethodNotFoundException::class,
                "Client disconnected: ws/peer" to PeerGoneException::class,
                "Target peer ws/peer is not connected" to PeerGoneException::class,
                "Peer ws/peer is not connected" to PeerGoneException::class,
                "OverloadedError: ws/peer has too many calls" to OverloadedException::class,
                "Permission denied for invoking protected method ws/me:services.s.f, workspace mismatch: a != b" to
                    PermissionDeniedException::class,
                "Error: Access denied for method call (ws/me:S.f) from ws/me to target ws/x" to PermissionDeniedException::class,
                "Workspace mismatch: a != b" to PermissionDeniedException::class,
                "PermissionError: only the owner" to PermissionDeniedException::class,
                "$traceback\nPermissionError: only the owner" to PermissionDeniedException::class,
                "KeyError: 'Service not found: ws/*:x@*'" to ServiceNotFoundException::class,
                "Error: Service not found: x" to ServiceNotFoundException::class,
            )
        for ((text, type) in texts) withClue(text) { decode(text)::class shouldBe type }
    }

    @Test
    fun `the same words about another call or inside another error prove nothing`() {
        val texts =
            listOf(
                "Method expired or not found: ws/me:services.s.other",
                "Method expired or not found: ws/peer:services.s.f",
                "ValueError: Method expired or not found: ws/me:services.s.f",
                "Method expired or not found: ws/me:services.s.f and more",
                "$traceback\nException: Session not found: ws/me:services.s.f",
                "Target peer ws/third is not connected",
                "Target peer ws/peer is not connected, said ws/third",
                "OverloadedError: ws/third has too many calls",
                "ValueError: Permission denied",
                // What a hop put its words in front of is about a call that the handler made.
                "RemoteError:Session not found: ws/me:services.s.f",
                "Error: RemoteError: Method expired or not found: ws/me:services.s.f",
                "RemoteError: Target peer ws/peer is not connected",
            )
        for (text in texts) withClue(text) { decode(text).shouldBeInstanceOf<RemoteException>() }
    }

    @Test
    fun `only a refusal proves that a call did not run`() {
        val texts =
            mapOf(
                "Method expired or not found: ws/me:services.s.f" to true,
                "Target peer ws/peer is not connected" to true,
                "OverloadedError: ws/peer has too many calls" to true,
                "RemoteError: OverloadedError: ws/peer has too many calls" to false,
                "Client disconnected: ws/peer" to false,
                "PermissionError: only the owner" to false,
                "ValueError: Method expired or not found: ws/me:services.s.f" to false,
            )
        for ((text, didNotRun) in texts) withClue(text) { decode(text).didNotRun shouldBe didNotRun }
    }

    @Test
    fun `texts for people have no type in front and no quotes around them`() {
        decode("PermissionError: only the owner").message shouldBe "only the owner"
        decode("only the owner", "PermissionError: only the owner").message shouldBe "only the owner"
        decode("KeyError: 'Service not found: x'").message shouldBe "Service not found: x"
        decode("OverloadedError: ws/peer is busy").message shouldBe "ws/peer is busy"
    }
}
