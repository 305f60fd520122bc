package io.hypha.rpc.call

import io.hypha.rpc.service.Service
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.PlainValues
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.TestScope
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.milliseconds

/** A reply never overtakes an earlier, or still unfinished long, message of the same session (protocol §3.3, §6). */
class SendOrderTest {
    private val cache = "services.built-in.message_cache"

    /** Where work goes on that no handler waits for, and whose failures concern nobody. */
    private fun TestScope.background() =
        CoroutineScope(backgroundScope.coroutineContext + SupervisorJob(backgroundScope.coroutineContext[Job]))

    /** Functions that reply while a long message to their callback is still under way. */
    private fun hasty(background: CoroutineScope): Service =
        service("hasty") {
            suspend fun later(report: RemoteFunction) {
                background.async { report.call<Unit>(ByteArray(600_000)) }
                delay(1.milliseconds)
            }
            function("work", param("report")) { report: RemoteFunction ->
                later(report)
                "done"
            }
            function("fail", param("report")) { report: RemoteFunction ->
                later(report)
                check(false) { "no luck" }
            }
            function("quick") { "quick" }
        }

    private suspend fun ScriptedPeer.ask(function: String) =
        call("services.hasty.$function", listOf(method("P1.report")), extra = mapOf("promise" to "*", "t" to 10.0))

    /** Answers the pieces of the long message that begins with [create], and returns the message. */
    private suspend fun ScriptedPeer.takeLong(create: Message): Message {
        create.method shouldBe "$cache.create"
        resolve(create, null)
        val pieces = sortedMapOf<Long, Bytes>()
        while (true) {
            val call = expect()
            if (call.method == "$cache.set") pieces[call.args[1] as Long] = call.args[2] as Bytes
            resolve(call, null)
            if (call.method == "$cache.process") break
        }
        val reader = MsgPackReader(Bytes(pieces.values.fold(ByteArray(0)) { whole, piece -> whole + piece.toByteArray() }))
        return Message(segment(reader), segment(reader))
    }

    private fun segment(reader: MsgPackReader): Map<String, Any?> =
        (PlainValues.read(reader) as Map<*, *>).entries.associate { (key, value) -> key as String to value }

    @Test
    fun `a result waits for the long message before it, and the caller hears beats meanwhile`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(hasty(background()))
            peer.ask("work")
            val create = peer.expect()
            repeat(2) { peer.expect().method shouldBe "P1.heartbeat" }
            val report = peer.takeLong(create)
            report.method shouldBe "P1.report"
            report.main["parent"] shouldBe "P1"
            peer.expectResult() shouldBe "done"
            peer.resolve(report, null)
        }

    @Test
    fun `a refusal waits for the long message before it, and the caller hears beats meanwhile`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(hasty(background()))
            peer.ask("fail")
            val create = peer.expect()
            repeat(2) { peer.expect().method shouldBe "P1.heartbeat" }
            val report = peer.takeLong(create)
            peer.expectRejection() shouldBe "IllegalStateException: no luck"
            peer.resolve(report, null)
        }

    @Test
    fun `a reply goes out when the long message before it has failed`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(hasty(background()))
            peer.ask("work")
            peer.reject(peer.expect(), "OverloadedError: ws/peer takes no more")
            peer.expect().method shouldBe "services.built-in.message_cache.remove"
            peer.expectResult() shouldBe "done"
        }

    @Test
    fun `other sessions and calls are not held up by a long message`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(hasty(background()))
            peer.ask("work")
            val create = peer.expect()
            peer.call("services.hasty.quick", session = "P2")
            peer.expectResult("P2") shouldBe "quick"
            peer.call("services.built-in.ping", listOf("ping"), session = "P3")
            peer.expectResult("P3") shouldBe "pong"
            val report = peer.takeLong(create)
            peer.expectResult() shouldBe "done"
            peer.resolve(report, null)
        }
}
