package io.hypha.rpc.jvm

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import java.util.concurrent.Executor

private const val MOST_THREADS = 4096

/**
 * Daemon threads for code that blocks: as many as there are blocked calls, up to the number of calls that a connection admits by
 * default, so that calls that wait for each other do not run out of threads.
 */
private val blockingThreads: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(MOST_THREADS)

/** Daemon threads of the library that may block. */
internal val libraryThreads: Executor = blockingThreads.asExecutor()
