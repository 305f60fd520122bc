package io.hypha.rpc.jvm

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import java.util.concurrent.AbstractExecutorService
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executor
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.TimeUnit
import kotlin.time.Duration

class ExecutorTasksTest :
    FunSpec({
        test("the executor gets the tasks in their order, one for each time that it runs something") {
            val pool = Pool()
            val log = mutableListOf<String>()
            pool.submit { log += "a" }
            pool.submit { log += "b" }
            pool.runOne()
            log shouldContainExactly listOf("a")
            pool.runOne()
            log shouldContainExactly listOf("a", "b")
            pool.spares.size shouldBe 0
        }

        test("a task that is not begun while all others wait is taken by a spare thread") {
            val pool = Pool()
            val log = mutableListOf<String>()
            pool.submit {
                PoolThread.whileWaiting {
                    pool.submit { log += "nested" }
                    pool.pass(ExecutorTasks.Patience)
                    pool.runSpares()
                    log += "waited"
                }
            }
            pool.runOne()
            log shouldContainExactly listOf("nested", "waited")
            pool.runOne()
            log shouldContainExactly listOf("nested", "waited")
        }

        test("no spare thread takes a task while one that runs does not wait") {
            val pool = Pool()
            pool.submit {
                pool.submit {}
                pool.pass(ExecutorTasks.Patience)
            }
            pool.runOne()
            pool.spares.size shouldBe 0
        }

        test("an executor that makes progress gets no spare thread") {
            val pool = Pool()
            val log = mutableListOf<String>()
            pool.submit {
                PoolThread.whileWaiting {
                    pool.submit { log += "first" }
                    pool.submit { log += "second" }
                    onThread { pool.runOne() }.get(10, TimeUnit.SECONDS)
                    pool.pass(ExecutorTasks.Patience)
                    pool.spares.size shouldBe 0
                    pool.pass(ExecutorTasks.Patience)
                    pool.spares.size shouldBe 1
                }
            }
            pool.runOne()
            log shouldContainExactly listOf("first")
        }

        test("there are no more spare threads at work than tasks that wait") {
            val pool = Pool()
            pool.submit {
                PoolThread.whileWaiting {
                    pool.submit { pool.pass(ExecutorTasks.Patience) }
                    pool.submit {}
                    pool.pass(ExecutorTasks.Patience)
                    val spare = pool.spares.removeFirst()
                    onThread(spare::run).get(10, TimeUnit.SECONDS)
                    pool.spares.size shouldBe 0
                }
            }
            pool.runOne()
        }

        test("a task on a spare thread that waits makes room for the next one") {
            val pool = Pool()
            val log = mutableListOf<String>()

            fun descend(depth: Int) {
                PoolThread.whileWaiting {
                    pool.submit { if (depth > 0) descend(depth - 1) else log += "bottom" }
                    pool.pass(ExecutorTasks.Patience)
                    val spare = pool.spares.removeFirst()
                    onThread(spare::run).get(10, TimeUnit.SECONDS)
                }
                log += "depth $depth"
            }
            pool.submit { descend(3) }
            pool.runOne()
            log shouldContainExactly listOf("bottom", "depth 0", "depth 1", "depth 2", "depth 3")
        }

        test("a busy thread of a user interface keeps what it is to run, though somebody waits elsewhere") {
            val pool = Pool()
            pool.submit {}
            onStrangeThread {
                pool.pass(ExecutorTasks.Patience)
                pool.pass(ExecutorTasks.WatchInterval)
            }
            pool.spares.size shouldBe 0
        }

        test("a pool that is full of the user's own tasks, which wait, gets a spare thread in the end") {
            val service = Service()
            val pool = Pool(service)
            pool.submit {}
            onStrangeThread { pool.pass(ExecutorTasks.WatchInterval) }
            pool.spares.size shouldBe 1
        }

        test("what the first such task waits for does not take as long") {
            val pool = Pool(Service())
            var isRun = false
            pool.submit {
                PoolThread.whileWaiting {
                    pool.submit { isRun = true }
                    pool.pass(ExecutorTasks.Patience)
                    onThread(pool.spares.removeFirst()::run).get(10, TimeUnit.SECONDS)
                }
            }
            onStrangeThread {
                pool.pass(ExecutorTasks.WatchInterval)
                onThread(pool.spares.removeFirst()::run).get(10, TimeUnit.SECONDS)
            }
            isRun shouldBe true
        }

        test("a pool that was stopped rejects the tasks that it threw away") {
            val service = Service()
            val pool = Pool(service)
            val task = TestTask {}
            pool.tasks.submit(task)
            service.isStopped = true
            pool.pass(ExecutorTasks.WatchInterval)
            task.rejection.getNow(null).message shouldBe "the executor that the functions of this client run on has been shut down"
        }

        test("a task that the executor refuses is rejected, and others are not") {
            val pool = Pool()
            val kept = TestTask {}
            pool.tasks.submit(kept)
            pool.isFull = true
            val refused = TestTask {}
            pool.tasks.submit(refused)
            refused.rejection.getNow(null).cause shouldBe RefusedException
            kept.rejection.isDone shouldBe false
            pool.runOne()
            kept.isRun shouldBe true
        }

        test("an executor that runs tasks where they are given has them run elsewhere") {
            val spares = ArrayDeque<Runnable>()
            var isRun = false
            ExecutorTasks(Runnable::run, { _, _ -> }, spares::addLast).submit(TestTask { isRun = true })
            isRun shouldBe false
            spares.removeFirst().run()
            isRun shouldBe true
        }

        test("users of one executor share what is known of it") {
            val executor = Executor { }
            (ExecutorTasks.of(executor) === ExecutorTasks.of(executor)) shouldBe true
            (ExecutorTasks.of(executor) === ExecutorTasks.of(Executor { })) shouldBe false
        }
    })

/** Runs [action] while a thread waits that no executor is known to have. */
private fun onStrangeThread(action: () -> Unit) {
    onThread { PoolThread.whileWaiting(action) }.get(10, TimeUnit.SECONDS)
}

/** An executor, a clock and spare threads that do nothing by themselves. */
private class Pool(
    service: Service? = null,
) {
    private val given = ArrayDeque<Runnable>()
    private val checks = mutableListOf<Pair<Duration, () -> Unit>>()
    val spares = ArrayDeque<Runnable>()
    var isFull = false
    val tasks = ExecutorTasks(service ?: Executor(::give), { time, check -> checks += time to check }, spares::addLast)

    private fun give(drain: Runnable) {
        if (isFull) throw RefusedException
        given.addLast(drain)
    }

    fun submit(action: () -> Unit) {
        tasks.submit(TestTask(action))
    }

    /** The executor has a thread. */
    fun runOne() {
        given.removeFirst().run()
    }

    /** The checks that are due after [time] run. */
    fun pass(time: Duration) {
        val due = checks.filter { it.first == time }
        checks.removeAll(due)
        due.forEach { it.second() }
    }

    fun runSpares() {
        while (true) (spares.removeFirstOrNull() ?: break).run()
    }
}

private object RefusedException : RejectedExecutionException()

private class TestTask(
    private val action: () -> Unit,
) : Task {
    val rejection = CompletableFuture<Rejection>()
    var isRun = false

    override fun run() {
        isRun = true
        action()
    }

    override fun reject(reason: Rejection) {
        rejection.complete(reason)
    }
}

/** A pool of threads that never has one free. */
private class Service : AbstractExecutorService() {
    var isStopped = false

    override fun execute(command: Runnable) = Unit

    override fun shutdown() = Unit

    override fun shutdownNow(): List<Runnable> = emptyList()

    override fun isShutdown(): Boolean = isStopped

    override fun isTerminated(): Boolean = isStopped

    override fun awaitTermination(
        timeout: Long,
        unit: TimeUnit,
    ): Boolean = isStopped
}
