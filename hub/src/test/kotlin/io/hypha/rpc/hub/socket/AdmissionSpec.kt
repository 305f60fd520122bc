package io.hypha.rpc.hub.socket

import io.hypha.rpc.hub.auth.Refusal
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.test.testTimeSource
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class AdmissionSpec :
    FunSpec({
        test("lets wait who comes when all slots are taken") {
            runTest {
                val admission = Admission(slots = 2, patience = 30.seconds)
                repeat(2) { launch { admission.admit { delay(29.seconds) } } }
                testScheduler.runCurrent()
                val start = testTimeSource.markNow()
                admission.admit { "in" } shouldBe "in"
                start.elapsedNow() shouldBe 29.seconds
            }
        }

        test("refuses who has waited too long") {
            runTest {
                val admission = Admission(slots = 1, patience = 30.seconds)
                val holder = launch { admission.admit { awaitCancellation() } }
                testScheduler.runCurrent()
                val refusal = shouldThrow<Refusal> { admission.admit { } }
                refusal.code shouldBe 1013
                refusal.message shouldBe "Server busy, please retry"
                holder.cancel()
            }
        }

        test("frees the slot of a set-up that fails") {
            runTest {
                val admission = Admission(slots = 1)
                shouldThrow<IllegalStateException> { admission.admit { error("no") } }
                admission.admit { "in" } shouldBe "in"
            }
        }
    })
