package io.hypha.rpc.jvm.bean

import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaException
import java.lang.reflect.InvocationTargetException

/** Runs code of the user's class by reflection: what it throws is an error of that value, and is named after [what]. */
internal inline fun <T> userCode(
    what: () -> String,
    run: () -> T,
): T =
    try {
        run()
    } catch (e: InvocationTargetException) {
        throw when (val thrown = e.targetException) {
            // The message of an IllegalArgumentException was written for the reader: whoever reads the element passes it on.
            is HyphaException, is IllegalArgumentException, is Error -> thrown

            else -> EncodingException("${what()} failed with ${thrown.javaClass.name}", cause = thrown)
        }
    }
