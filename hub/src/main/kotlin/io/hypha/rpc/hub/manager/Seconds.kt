package io.hypha.rpc.hub.manager

import io.hypha.rpc.hub.auth.requireValue
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** Nothing that the hub does for a client waits longer: every wait takes one of the places for calls. */
private val LONGEST_WAIT = 10.minutes

/** The duration that a client means by [given], a number of seconds; null when it says nothing. What is longer than ten minutes is ten minutes. */
internal fun secondsOf(
    given: Any?,
    name: String,
): Duration? {
    if (given == null) return null
    requireValue(given is Number && given.toDouble() > 0) { "$name must be a positive number of seconds" }
    return minOf(given.toDouble().seconds, LONGEST_WAIT)
}
