package io.hypha.rpc.jvm

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger

class BlockingThreadsTest :
    FunSpec({
        test("tasks that wait for each other all run") {
            val threads = BlockingThreads("test")
            val all = CyclicBarrier(100)
            val done = CountDownLatch(100)
            repeat(100) {
                threads.execute {
                    all.await()
                    done.countDown()
                }
            }
            done.await(10, TimeUnit.SECONDS) shouldBe true
        }

        test("what a quick task has started does not wait for it when it blocks") {
            val threads = BlockingThreads("test")
            val isOver = CompletableFuture<Boolean>()
            threads.executeQuick {
                val isStarted = CountDownLatch(2)
                repeat(2) { threads.executeQuick(isStarted::countDown) }
                isOver.complete(BlockingThread.blocking { isStarted.await(10, TimeUnit.SECONDS) })
            }
            isOver.get() shouldBe true
        }

        test("what a quick task starts when it has blocked, and what a failed one has started, runs as well") {
            val threads = BlockingThreads("test")
            val isDone = CountDownLatch(2)
            threads.executeQuick {
                BlockingThread.blocking { threads.executeQuick(isDone::countDown) }
                Thread.currentThread().setUncaughtExceptionHandler { _, _ -> }
                threads.executeQuick(isDone::countDown)
                error("a failure")
            }
            isDone.await(10, TimeUnit.SECONDS) shouldBe true
        }

        test("there are no more threads than allowed, and all tasks run") {
            val threads = BlockingThreads("test", mostThreads = 2)
            val running = AtomicInteger()
            val most = AtomicInteger()
            val done = CountDownLatch(1000)
            repeat(1000) {
                threads.execute {
                    most.accumulateAndGet(running.incrementAndGet(), ::maxOf)
                    running.decrementAndGet()
                    done.countDown()
                }
            }
            done.await(10, TimeUnit.SECONDS) shouldBe true
            (most.get() <= 2) shouldBe true
        }

        test("no task is lost to threads that end when it comes") {
            val threads = BlockingThreads("test", idleNanos = 1)
            repeat(200) {
                val done = CountDownLatch(20)
                repeat(20) { threads.execute(done::countDown) }
                done.await(10, TimeUnit.SECONDS) shouldBe true
            }
        }

        test("a thread ends when it has nothing to do, and there is another one later") {
            val threads = BlockingThreads("test", idleNanos = 1)
            repeat(2) {
                val thread = CompletableFuture<Thread>()
                threads.execute { thread.complete(Thread.currentThread()) }
                thread.get().join()
            }
        }

        test("when the system refuses another thread, those that there are do its tasks") {
            val mayStart = AtomicInteger(1)
            val threads =
                BlockingThreads("test") { thread ->
                    if (mayStart.decrementAndGet() < 0) throw OutOfMemoryError("unable to create native thread")
                    thread.start()
                }
            val isRunning = CountDownLatch(1)
            val mayEnd = CountDownLatch(1)
            val done = CountDownLatch(2)
            threads.execute {
                isRunning.countDown()
                mayEnd.await()
            }
            isRunning.await()
            repeat(2) { threads.execute(done::countDown) }
            mayEnd.countDown()
            done.await(10, TimeUnit.SECONDS) shouldBe true
        }

        test("when the system refuses the only thread, whoever wants it is told, and a later task has a new one") {
            val mayStart = AtomicInteger(0)
            val threads =
                BlockingThreads("test") { thread ->
                    if (mayStart.getAndIncrement() == 0) throw OutOfMemoryError("unable to create native thread")
                    thread.start()
                }
            shouldThrow<OutOfMemoryError> { threads.execute {} }
            val done = CountDownLatch(1)
            threads.execute(done::countDown)
            done.await(10, TimeUnit.SECONDS) shouldBe true
        }
    })
