package io.hypha.rpc.jvm

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.RemoteException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn

class BlockingTest :
    FunSpec({
        test("a result that is there at once is returned") {
            Blocking.await(suspending { "at once" }) shouldBe "at once"
        }

        test("a result that comes from another thread is waited for") {
            val result = CompletableDeferred<String>()
            val waiting = onThread { Blocking.await(suspending { result.await() }) }
            result.complete("later")
            waiting.get(10, TimeUnit.SECONDS) shouldBe "later"
        }

        test("what a call throws is thrown as it is, and shows who called") {
            val failure = RemoteException("ValueError", "no such spore")
            val thrown = shouldThrow<RemoteException> { Blocking.await(suspending<Nothing> { throw failure }) }
            thrown shouldBeSameInstanceAs failure
            thrown.suppressed.toList() shouldHaveSize 1
            thrown.suppressed
                .single()
                .stackTrace
                .any { it.className.startsWith(BlockingTest::class.java.name) } shouldBe true
        }

        test("the exception that ends all calls of a connection is left alone, and is the cause of one for this call") {
            val end = ConnectionClosedException("RPC connection closed")
            val thrown = shouldThrow<ConnectionClosedException> { Blocking.await(suspending<Nothing> { throw end }) }
            thrown.message shouldBe "RPC connection closed"
            thrown.cause shouldBeSameInstanceAs end
            end.suppressed.toList().shouldBeEmpty()
        }

        test("an interrupt cancels the call, and the thread stays interrupted") {
            val isRunning = CompletableFuture<Thread>()
            val isCancelled = CompletableDeferred<Unit>()
            val call =
                suspending {
                    isRunning.complete(Thread.currentThread())
                    try {
                        awaitCancellation()
                    } finally {
                        isCancelled.complete(Unit)
                    }
                }
            val stillInterrupted =
                onThread {
                    shouldThrow<CancellationException> { Blocking.await<Nothing>(call) }
                    Thread.currentThread().isInterrupted
                }
            isRunning.get(10, TimeUnit.SECONDS).interrupt()
            stillInterrupted.get(10, TimeUnit.SECONDS) shouldBe true
            isCancelled.await()
        }

        test("an interrupted thread starts no call") {
            var isStarted = false
            onThread {
                Thread.currentThread().interrupt()
                shouldThrow<CancellationException> { Blocking.await(suspending { isStarted = true }) }
            }.get(10, TimeUnit.SECONDS)
            isStarted shouldBe false
        }

        test("cancelling the future cancels the call") {
            val isCancelled = CompletableDeferred<Unit>()
            val future =
                Blocking.future(
                    suspending<Unit> {
                        try {
                            awaitCancellation()
                        } finally {
                            isCancelled.complete(Unit)
                        }
                    },
                )
            future.cancel(true)
            isCancelled.await()
        }
    })

/** A suspending function as Java passes it on. */
internal fun <T> suspending(action: suspend () -> T): Suspending<T> =
    Suspending { continuation -> action.startCoroutineUninterceptedOrReturn(continuation) }

/** Runs [action] on a thread of its own. */
internal fun <T> onThread(action: () -> T): CompletableFuture<T> {
    val result = CompletableFuture<T>()
    Thread { runCatching(action).fold(result::complete, result::completeExceptionally) }.apply { isDaemon = true }.start()
    return result
}
