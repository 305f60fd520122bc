package io.hypha.rpc.jvm

import java.lang.reflect.InvocationTargetException

/** The thread that draws an Android app, which must never wait; on other systems there is none. */
internal object AndroidMainThread {
    /** Finds it without a reference to Android's classes; null elsewhere. */
    private val find: (() -> Thread?)? =
        try {
            val looper = Class.forName("android.os.Looper")
            val mainLooper = looper.getMethod("getMainLooper")
            val thread = looper.getMethod("getThread");
            { mainLooper.invoke(null)?.let { thread.invoke(it) as Thread } }
        } catch (_: ReflectiveOperationException) {
            null
        }

    /** It never changes, but is not there from the start. */
    @Volatile
    private var known: Thread? = null

    /** Why this thread must not wait; null when it may. */
    fun refusal(): String? {
        if (find == null || Thread.currentThread() !== thread()) return null
        return "this is the main thread of the app, which must not wait for the network; call from another thread, or use the form that returns " +
            "a future"
    }

    private fun thread(): Thread? =
        known ?: try {
            find?.invoke()?.also { known = it }
        } catch (_: InvocationTargetException) {
            // Android's stubs for unit tests throw from every method; there is no such thread then.
            null
        }
}
