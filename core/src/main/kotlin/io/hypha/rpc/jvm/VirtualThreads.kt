package io.hypha.rpc.jvm

import java.lang.reflect.Method
import java.util.concurrent.Executor
import java.util.concurrent.Executors
import java.util.concurrent.ThreadFactory

/** Virtual threads, which Java has from version 21 on. */
internal object VirtualThreads {
    /** One for every task; null where there are none. They are all daemons. */
    fun executorOrNull(): Executor? =
        try {
            val builder = Thread::class.java.getMethod("ofVirtual").invoke(null)
            val type = Class.forName("java.lang.Thread\$Builder")
            val named: Method = type.getMethod("name", String::class.java, Long::class.javaPrimitiveType)
            val factory = type.getMethod("factory").invoke(named.invoke(builder, "hypha-", 0L))
            Executors::class.java.getMethod("newThreadPerTaskExecutor", ThreadFactory::class.java).invoke(null, factory) as Executor
        } catch (_: ReflectiveOperationException) {
            // Also where they are a preview that is not enabled.
            null
        }
}
