package io.hypha.rpc.jvm

import java.util.concurrent.Executor

/** Something to run on an executor, or to be told that it will not. Throws nothing. */
internal interface Task {
    fun run()

    /** The executor does not take it, for [reason]. Called instead of [run], on any thread. */
    fun reject(reason: Rejection)
}

/** Why an executor did not take a task: [message] for whoever asked for it, [cause] from the executor. */
internal class Rejection(
    val message: String,
    val cause: Throwable?,
)

/** Where tasks run. */
internal fun interface Tasks {
    fun submit(task: Task)
}

/** An executor that takes everything and has a thread for each task. */
internal class UnboundedTasks(
    private val executor: Executor,
) : Tasks {
    override fun submit(task: Task) {
        executor.execute(task::run)
    }
}
