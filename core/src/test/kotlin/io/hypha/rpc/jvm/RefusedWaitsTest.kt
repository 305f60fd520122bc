package io.hypha.rpc.jvm

import android.os.Looper
import io.hypha.rpc.value.asByteSource
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import java.util.concurrent.Callable
import java.util.concurrent.TimeUnit

class RefusedWaitsTest :
    FunSpec({
        test("the main thread of an app is refused before anything is sent, and told what to do") {
            var isStarted = false
            val refusal =
                onMain { shouldThrow<IllegalStateException> { Blocking.await(suspending { isStarted = true }) } }
            refusal.message shouldContain "the main thread of the app"
            refusal.message shouldContain "the form that returns a future"
            isStarted shouldBe false
        }

        test("the main thread of an app may not wait for a future either, but may ask one that is done") {
            val result = CompletableDeferred<String>()
            val future = JavaExecution.default.future(suspending { result.await() })
            onMain { shouldThrow<IllegalStateException> { future.join() } }
            onMain { shouldThrow<IllegalStateException> { future.get(1, TimeUnit.DAYS) } }
            result.complete("done")
            future.get(10, TimeUnit.SECONDS) shouldBe "done"
            onMain { future.get() } shouldBe "done"
        }

        test("code on a thread of the connection is refused, and named") {
            val refusal =
                shouldThrow<IllegalStateException> {
                    EventThreads.call("the codec 'spore'") { Blocking.await(suspending { "never" }) }
                }
            refusal.message shouldContain "the codec 'spore' runs on a thread of the connection"
            Blocking.await(suspending { "allowed again" }) shouldBe "allowed again"
        }

        test("code within such code does not lift the refusal") {
            EventThreads.run("the logger") {
                EventThreads.run("the codec 'spore'") {}
                shouldThrow<IllegalStateException> { Blocking.await(suspending { "never" }) }
            }
        }

        test("a read of a remote source is refused there, and closing it does not wait") {
            val stream = Bytes(byteArrayOf(1)).asByteSource().asInputStream()
            EventThreads.run("the logger") {
                shouldThrow<IllegalStateException> { stream.read() }
                stream.close()
            }
        }
    })

private fun <T> onMain(action: () -> T): T = Looper.main.submit(Callable { action() }).get(10, TimeUnit.SECONDS)
