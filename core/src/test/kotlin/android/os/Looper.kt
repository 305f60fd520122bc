package android.os

import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit

/** As much of Android's class as the library asks for: it is found by its name. */
class Looper private constructor(
    private val thread: Thread,
) {
    fun getThread(): Thread = thread

    companion object {
        private lateinit var looper: Looper

        /** Runs things on the main thread, which it makes at once. */
        val main =
            ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, LinkedBlockingQueue()) { action ->
                Thread(action, "main of the app").also {
                    it.isDaemon = true
                    looper = Looper(it)
                }
            }.apply { prestartAllCoreThreads() }

        @JvmStatic
        fun getMainLooper(): Looper = looper
    }
}
