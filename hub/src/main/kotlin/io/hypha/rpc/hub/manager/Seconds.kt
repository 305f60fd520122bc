package io.hypha.rpc.hub.manager

import io.hypha.rpc.hub.auth.requireValue
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** The duration that a client means by [given], a number of seconds; null when it says nothing. */
internal fun secondsOf(
    given: Any?,
    name: String,
): Duration? {
    if (given == null) return null
    requireValue(given is Number && given.toDouble() > 0) { "$name must be a positive number of seconds" }
    return given.toDouble().seconds
}
