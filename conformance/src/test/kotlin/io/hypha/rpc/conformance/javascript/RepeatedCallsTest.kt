package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.callback
import io.hypha.rpc.service.SelectionMode
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.seconds

/** A JavaScript process is killed while it works on a call, and another one could do the same (protocol §7.7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedCallsTest {
    private val stage = Stage.set()

    @AfterAll
    fun end() {
        stage.close()
    }

    /** Calls the newest of two JavaScript providers, and kills it when it is in the middle of that: the runs, and what came of it. */
    private suspend fun killed(isIdempotent: Boolean): Pair<Int, Result<Int>> {
        val victim = stage.join()
        val runs = AtomicInteger()
        val isRunning = CompletableDeferred<Unit>()
        val lent =
            callback<Int, Int> { x ->
                if (runs.incrementAndGet() == 1) {
                    isRunning.complete(Unit)
                    awaitCancellation()
                }
                x * 2
            }
        val service = stage.kotlin.getService("js-provider") { mode = SelectionMode.Last }
        service.id shouldBe "${victim.workspace}/${victim.clientId}:js-provider"
        val handle = if (isIdempotent) service.idempotent() else service
        return coroutineScope {
            val answer = async { runCatching { handle.call<Int>("callbackEcho", lent, 21) } }
            isRunning.await()
            victim.kill()
            val outcome = answer.await()
            victim.close()
            runs.get() to outcome
        }
    }

    private fun testing(test: suspend () -> Unit) {
        runBlocking { withTimeout(60.seconds) { test() } }
    }

    @Test
    fun `a call that may run twice is repeated at the other one, once`() =
        testing {
            val (runs, answer) = killed(isIdempotent = true)
            answer.getOrThrow() shouldBe 42
            runs shouldBe 2
        }

    @Test
    fun `any other call fails, for it may have run`() =
        testing {
            val (runs, answer) = killed(isIdempotent = false)
            val error = shouldThrow<HyphaException> { answer.getOrThrow() }
            error.didNotRun shouldBe false
            runs shouldBe 1
        }

    @Test
    fun `the words of a refusal inside another error of JavaScript prove nothing`() =
        testing {
            val service = stage.kotlin.getService("${stage.provider.clientId}:js-provider")
            val address = "${stage.kotlin.workspace}/${stage.kotlin.clientId}"
            val texts =
                listOf(
                    "Method expired or not found: ${stage.provider.workspace}/${stage.provider.clientId}:services.other.f",
                    "the nested call failed: Method expired or not found: $address:services.js-provider.fail",
                    "Method expired or not found: $address:services.js-provider.fail, but only later",
                    "Service not found: $address:js-provider",
                )
            for (text in texts) {
                withClue(text) { shouldThrow<HyphaException> { service.call<Any?>("fail", text) }.didNotRun shouldBe false }
            }
        }
}
