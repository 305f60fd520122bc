package io.hypha.rpc.hub.manager

import io.hypha.rpc.hub.auth.HubProblem
import java.time.DateTimeException
import java.time.Instant
import java.time.LocalDateTime
import java.time.OffsetDateTime
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter
import kotlin.time.toJavaInstant

/** The moment that a client means: ISO 8601 text, in UTC when it names no zone; epoch seconds; a timestamp; or null for none. */
internal fun timeOf(
    given: Any?,
    name: String,
): Instant? =
    try {
        when (given) {
            null -> null
            is Number -> Instant.ofEpochMilli((given.toDouble() * MILLIS).toLong())
            is kotlin.time.Instant -> given.toJavaInstant()
            is String -> parsed(given)
            else -> throw HubProblem("ValueError", "$name must be text in ISO 8601 or a number of epoch seconds")
        }
    } catch (e: DateTimeException) {
        throw HubProblem("ValueError", "$name must be like 2026-01-31T12:00:00, not $given: ${e.message}")
    }

private fun parsed(text: String): Instant {
    val time = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from)
    return if (time is OffsetDateTime) time.toInstant() else (time as LocalDateTime).toInstant(ZoneOffset.UTC)
}

private const val MILLIS = 1000.0
