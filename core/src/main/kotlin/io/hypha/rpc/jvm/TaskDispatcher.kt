package io.hypha.rpc.jvm

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.cancel
import kotlin.coroutines.CoroutineContext

/** Runs coroutines as tasks. One whose task is rejected is cancelled, as with other dispatchers over executors. */
internal class TaskDispatcher(
    private val tasks: Tasks,
) : CoroutineDispatcher() {
    override fun dispatch(
        context: CoroutineContext,
        block: Runnable,
    ) {
        tasks.submit(
            object : Task {
                override fun run() {
                    block.run()
                }

                override fun reject(reason: Rejection) {
                    context.cancel(CancellationException(reason.message, reason.cause))
                    libraryThreads.execute(block)
                }
            },
        )
    }
}
