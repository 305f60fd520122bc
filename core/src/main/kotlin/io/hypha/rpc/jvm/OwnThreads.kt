package io.hypha.rpc.jvm

import java.util.concurrent.Executor

/** Threads of the library: one for each task, which may block as long as it wants. All are daemons. */
internal interface OwnThreads : Executor {
    /** Runs [task], which does not block but in [BlockingThread.blocking]. */
    fun executeQuick(task: Runnable)
}

/** Platform threads of the library. */
internal val libraryThreads: OwnThreads = BlockingThreads("hypha")

/** Where the code of users runs who give no executor: virtual threads where there are any. */
internal val ownThreads: OwnThreads = VirtualThreads.executorOrNull()?.let(::VirtualTasks) ?: libraryThreads

private class VirtualTasks(
    private val executor: Executor,
) : OwnThreads,
    Executor by executor {
    override fun executeQuick(task: Runnable) = executor.execute(task)
}
