package io.hypha.rpc.call

import io.hypha.rpc.OverloadedException
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.value.shape
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import org.junit.jupiter.api.Test
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.time.Duration.Companion.minutes
import kotlin.time.TimeSource

/** Functions and streams of results that live in a session which is there already (protocol §3.3). */
class NestedResultsTest {
    private val sessions = SessionTable(CoroutineScope(EmptyCoroutineContext), TimeSource.Monotonic, IdSource())

    @Test
    fun `a peer that has all results put into one session gets no more of them`() =
        withScriptedPeer { alice, peer ->
            alice.provide { function("make") { callback0 { 1 } } }
            peer.call("services.svc.make", session = "first")
            val path = (peer.expectResult("first") as Map<*, *>)["_rmethod"] as String
            var made = 1
            while (true) {
                peer.call("services.svc.make", session = "P", parent = path.substringBefore('.'))
                val reply = peer.expect()
                if (reply.method == "P.reject") {
                    reply.args.toString() shouldContain "OverloadedError: too many functions and streams of results are still in use"
                    break
                }
                made++
            }
            made shouldBe MOST
            alice.statistics.sessions shouldBe 1
            // All of them end with the session.
            delay(20.minutes)
            alice.statistics.sessions shouldBe 0
            peer.call("services.svc.make", session = "last")
            peer.expectResult("last")
            delay(20.minutes)
        }

    private fun Session.exportStream(): List<String> {
        var ids = emptyList<String>()
        val part = Exported.StreamPart(LocalFunction("next", null, emptyList(), shape<Any?>()) { null })
        export("stream") { stem ->
            ids = listOf(stem, stem + Session.CLOSE)
            ids.map { it to part }
        }
        return ids
    }

    @Test
    fun `streams that have ended make room, also for others`() {
        val session = sessions.open("ws/peer")
        repeat(2 * MOST) {
            sessions.reserve(session)
            val ids = session.exportStream()
            repeat(2) { session.remove(ids) }
        }
        repeat(MOST) {
            sessions.reserve(session)
            session.exportStream()
        }
        shouldThrow<OverloadedException> { sessions.reserve(session) }
        sessions.close(session)
        shouldThrow<OverloadedException> { repeat(MOST + 1) { sessions.openResult("ws/peer") } }
        sessions.count().results shouldBe MOST
    }

    @Test
    fun `a session that has closed meanwhile holds no room`() {
        val session = sessions.open("ws/peer")
        sessions.close(session)
        repeat(2 * MOST) { sessions.reserve(session) }
    }

    private companion object {
        /** Seven eighths of the room for results. */
        const val MOST = 57_344
    }
}
