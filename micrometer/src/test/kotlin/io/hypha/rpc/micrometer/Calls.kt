package io.hypha.rpc.micrometer

import io.hypha.rpc.metrics.CalledFunction

/** Functions as metrics are told of them. */
internal object Calls {
    val ADD = CalledFunction("calculator", "add")
    val SUBTRACT = CalledFunction("calculator", "subtract")
}
