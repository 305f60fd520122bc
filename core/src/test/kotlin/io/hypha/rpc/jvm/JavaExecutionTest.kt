package io.hypha.rpc.jvm

import io.hypha.rpc.OverloadedException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.ExecutionException
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit

class JavaExecutionTest :
    FunSpec({
        test("by default code runs on virtual threads where there are any, and on daemons everywhere") {
            JavaExecution.default.run { Thread.currentThread().isDaemon } shouldBe true
            val hasVirtual = runCatching { Thread::class.java.getMethod("isVirtual") }.getOrNull()
            if (hasVirtual != null) JavaExecution.default.run { hasVirtual.invoke(Thread.currentThread()) } shouldBe true
        }

        test("cancelling interrupts the code and waits for its end, and its thread is not interrupted afterwards") {
            val pool = Executors.newSingleThreadExecutor()
            val execution = JavaExecution(pool)
            val isRunning = CompletableDeferred<Unit>()
            val hasEnded = CountDownLatch(1)
            val job =
                launch(Dispatchers.Default) {
                    execution.run {
                        isRunning.complete(Unit)
                        try {
                            CountDownLatch(1).await()
                        } catch (e: InterruptedException) {
                            Thread.currentThread().interrupt()
                            hasEnded.countDown()
                        }
                    }
                }
            isRunning.await()
            job.cancelAndJoin()
            hasEnded.count shouldBe 0
            execution.run { Thread.currentThread().isInterrupted } shouldBe false
            pool.shutdown()
        }

        test("code that has not begun does not begin after a cancellation") {
            val given = ArrayDeque<Runnable>()
            val execution = JavaExecution(given::addLast)
            var isRun = false
            val job = launch(start = CoroutineStart.UNDISPATCHED) { execution.run { isRun = true } }
            job.cancelAndJoin()
            given.removeFirst().run()
            isRun shouldBe false
        }

        test("an executor that takes nothing fails what it should run, and futures complete all the same") {
            val pool = Executors.newSingleThreadExecutor()
            pool.shutdown()
            val execution = JavaExecution(pool)
            shouldThrow<OverloadedException> { execution.run {} }.message shouldContain "has been shut down"
            execution.future(suspending { "here" }).get(10, TimeUnit.SECONDS) shouldBe "here"
            shouldThrow<kotlinx.coroutines.CancellationException> { withContext(execution.dispatcher) {} }
        }

        test("a stage is waited for, and its failure is that of the handler") {
            val stage = CompletableFuture<String>()
            JavaExecution.default.settled(CompletableFuture.completedFuture("there")) shouldBe "there"
            val waiting = launch(start = CoroutineStart.UNDISPATCHED) { JavaExecution.default.settled(stage) shouldBe "later" }
            stage.complete("later")
            waiting.join()
            val failure = IllegalStateException("no spores")
            val failing = CompletableFuture.completedFuture("x").thenApply { throw failure }
            shouldThrow<IllegalStateException> { JavaExecution.default.settled(failing) }.message shouldBe "no spores"
        }

        test("whoever gives up cancels the stage, and its dependents run where handlers do") {
            val stage = CompletableFuture<String>()
            val thread = CompletableFuture<Thread>()
            stage.whenComplete { _, _ -> thread.complete(Thread.currentThread()) }
            val pool = Executors.newSingleThreadExecutor()
            val poolThread = pool.submit<Thread> { Thread.currentThread() }.get()
            val waiting = launch(start = CoroutineStart.UNDISPATCHED) { JavaExecution(pool).settled(stage) }
            waiting.cancelAndJoin()
            thread.get(10, TimeUnit.SECONDS) shouldBeSameInstanceAs poolThread
            stage.isCancelled shouldBe true
            pool.shutdown()
        }

        test("a stage that is on its way out of the handler when the caller gives up is cancelled") {
            for (place in listOf(Dispatchers.Default, OwnDispatcher)) {
                val stage = CompletableFuture<String>()
                val isOver = CountDownLatch(1)
                stage.whenComplete { _, _ -> isOver.countDown() }
                launch(place) {
                    val caller = currentCoroutineContext().job
                    JavaExecution.default.serve { stage.also { caller.cancel() } }
                }.join()
                isOver.await(10, TimeUnit.SECONDS) shouldBe true
                stage.isCancelled shouldBe true
            }
        }

        test("a future that is completed by somebody else ends its call") {
            for (end in listOf<(CompletableFuture<String>) -> Unit>(
                { it.cancel(false) },
                { it.complete("mine") },
                { it.completeExceptionally(IllegalStateException()) },
            )) {
                val isCancelled = CompletableDeferred<Unit>()
                val future =
                    JavaExecution.default.future(
                        suspending<String> {
                            try {
                                awaitCancellation()
                            } finally {
                                isCancelled.complete(Unit)
                            }
                        },
                    )
                end(future)
                isCancelled.await()
            }
        }

        test("the cause of a failed future is the exception of the call") {
            val failure = IllegalStateException("no spores")
            val future = JavaExecution.default.future(suspending<String> { throw failure })
            shouldThrow<ExecutionException> { future.get(10, TimeUnit.SECONDS) }.cause shouldBeSameInstanceAs failure
        }
    })
