package io.hypha.rpc.conformance.python

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.service
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.TestCoroutineScheduler
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds

/** The times that the recorded Python client asks for and keeps, in virtual time (protocol §3.5). */
@OptIn(ExperimentalCoroutinesApi::class)
class PythonTimersTest {
    @Test
    fun `a call lives while Python beats, at once and then every 15 seconds`() =
        usePython { calling ->
            stage.script.listenFor(recorded("use_kept"))
            repeat(5) {
                stage.script.say(recorded("heartbeat"))
                delay(15.seconds)
            }
            stage.script.say(recorded("resolve"))
            calling.await() shouldBe "v-k2"
        }

    @Test
    fun `a call fails 30 seconds after the last beat of Python`() =
        usePython { calling ->
            stage.script.listenFor(recorded("use_kept"))
            delay(29.seconds)
            stage.script.say(recorded("heartbeat"))
            val lastBeat = virtualTime()
            calling.await() shouldContain "use_kept was silent for 30s"
            virtualTime() - lastBeat shouldBe 30_000
        }

    @Test
    fun `a call of Python hears from its provider every 15 seconds, as it asks in the short form`() =
        serveForAMinute(pythonCall("js types()"))

    @Test
    fun `a call of Python hears from its provider every 15 seconds, as it asks in the long form`() =
        serveForAMinute(pythonCall("py->js chunked 400kB ndarray"))

    @Test
    fun `a call of an interface object of Python fails after 10 seconds of silence`() =
        onMemoryStage(Conversations.pythonCallsKotlin, tableOfProvider, "setup", VecProvider()::register) {
            val (keep, getItem) = recording.scenario("py _rintf kept by js")
            script.say(keep)
            script.listenFor(getItem)
            val asked = virtualTime()
            val refusal = script.next("the failure of the handler")
            virtualTime() - asked shouldBe 10_000
            refusal.method shouldBe "${keep.session}.reject"
            (refusal.args.single() as Map<*, *>)["_rvalue"].toString() shouldContain "was silent for 10s"
        }

    /** Calls Python's `use_kept`; [test] plays Python and gets the result, or the message of the failure. */
    private fun usePython(test: suspend CallerStage.(calling: Deferred<String>) -> Unit) =
        Conversations.callPython(DifferenceTable(kotlinCallsPythonTable)) {
            coroutineScope {
                val calling =
                    async {
                        try {
                            vec.call<String>("use_kept", "k2")
                        } catch (e: CallTimeoutException) {
                            e.message.orEmpty()
                        }
                    }
                test(calling)
            }
        }

    private fun CallerStage.recorded(method: String): RecordedMessage =
        stage.recording.scenario("js _rintf used after return").last { it.method.endsWith(".$method") }

    /** A function of Kotlin that takes a minute, called as Python called in [call]. */
    private fun serveForAMinute(call: RecordedMessage) =
        onMemoryStage(Conversations.pythonCallsKotlin, tableOfProvider, "setup", VecProvider()::register) {
            connection.provideService(
                service("timers") {
                    visibility = Visibility.Public
                    function("minute") {
                        delay(59.seconds)
                        "over"
                    }
                },
            )
            script.say(call.ofFunction("services.timers.minute"))
            val called = virtualTime()
            for (second in listOf(15, 30, 45)) {
                script.next("a beat").method shouldBe "${call.session}.heartbeat"
                virtualTime() - called shouldBe second * 1000
            }
            script.next("the reply").method shouldBe "${call.session}.resolve"
            virtualTime() - called shouldBe 59_000
            delay(60.seconds)
            script.shouldHaveHeardNothingElse()
        }

    private fun pythonCall(scenario: String): RecordedMessage {
        val messages = Conversations.pythonCallsKotlin.scenario(scenario)
        return messages.first { it.session != null }
    }

    private suspend fun virtualTime(): Long = currentCoroutineContext()[TestCoroutineScheduler]!!.currentTime

    private val tableOfProvider = DifferenceTable(pythonCallsKotlinTable)
}
