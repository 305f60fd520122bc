package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import java.util.function.Supplier

/**
 * Marks code of users that runs where the connection does its work: codecs and loggers. It must be quick there, and blocking calls are
 * refused: the reply that they wait for could need the very thread.
 */
@InternalHyphaApi
public object EventThreads {
    /** What the thread runs at the moment, in words that its author understands. */
    private val place = ThreadLocal<String>()

    /** Runs [code], in which blocking calls are refused. [what] names it for the message, such as "the codec 'point'". */
    @JvmStatic
    public fun <T> call(
        what: String,
        code: Supplier<T>,
    ): T {
        val outer = place.get()
        place.set(what)
        try {
            return code.get()
        } finally {
            if (outer == null) place.remove() else place.set(outer)
        }
    }

    /** The same for code without a result. */
    @JvmStatic
    public fun run(
        what: String,
        code: Runnable,
    ) {
        call(what) { code.run() }
    }

    /** Why this thread must not wait; null when it may. */
    internal fun refusal(): String? =
        place.get()?.let {
            "$it runs on a thread of the connection, which must not wait; do this on a thread of your own, or use the form that returns a future"
        }
}
