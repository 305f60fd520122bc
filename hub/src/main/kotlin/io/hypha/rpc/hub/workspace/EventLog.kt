package io.hypha.rpc.hub.workspace

import io.hypha.rpc.hub.service.PlainTree
import java.time.Instant
import java.time.temporal.ChronoUnit.MICROS

/**
 * What clients logged in one workspace (`log_event`, protocol §8.1), in memory: the last 10,000 events, and of these no more than
 * 8 MiB. Older ones are forgotten first. Safe for all threads.
 *
 * @param now the time of day.
 */
internal class EventLog(
    private val now: () -> Instant = Instant::now,
) {
    private val events = ArrayDeque<Entry>()
    private var bytes = 0L
    private var lastId = 0L

    /** Adds an event of the user [userId]. */
    @Synchronized
    fun add(
        type: String,
        workspace: String,
        userId: String,
        data: PlainTree,
    ) {
        // No finer than readers see it, so that what they see is good for asking again.
        val time = now().truncatedTo(MICROS)
        events += Entry(LoggedEvent(++lastId, type, workspace, userId, time, data.value), data.size + SIZE_OF_EVENT)
        bytes += data.size + SIZE_OF_EVENT
        while (events.size > MOST_EVENTS || bytes > MOST_BYTES) bytes -= events.removeFirst().size
    }

    /** The events that [wanted] accepts, oldest first. */
    @Synchronized
    fun find(wanted: (LoggedEvent) -> Boolean): List<LoggedEvent> = events.map { it.event }.filter(wanted)

    private class Entry(
        val event: LoggedEvent,
        val size: Int,
    )

    companion object {
        /** The most bytes that the data of one event may take. */
        const val LARGEST_DATA = 64 shl 10
        private const val MOST_EVENTS = 10_000
        private const val MOST_BYTES = 8L shl 20

        /** What an event takes besides its data. */
        private const val SIZE_OF_EVENT = 200
    }
}
