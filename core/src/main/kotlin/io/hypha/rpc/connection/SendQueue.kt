package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.debug
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Departure
import io.hypha.rpc.transport.FrameSink
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.Urgency
import io.hypha.rpc.wire.ByteChain
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * The way of every message to the link of the moment, no faster than its server allows (protocol §1.8). A message that cannot leave at once
 * waits: for the next link, but no longer than the settings say; for a token; or for the link to take what left before it. Then [Turns] says
 * who is next. Whoever sends waits with its own message, so that nothing is stored here.
 *
 * @param scope where waits are timed.
 */
internal class SendQueue(
    private val settings: ConnectionSettings,
    private val scope: CoroutineScope,
) : FrameSink {
    private val lock = Lock()
    private val start = settings.timeSource.markNow()
    private val turns = Turns()
    private val alarm = Alarm(scope, ::ring)
    private var gate: Gate = Gate.Shut

    /** Since when there is no link that takes every message; null while there is one. */
    private var lostAt: Duration? = Duration.ZERO

    private var slowdowns = 0
    private val paced = PacedTime(start)

    /** How many messages wait. */
    val queued: Int get() = lock.withLock { turns.size }

    /** How long messages have waited in all because of the server's limits, and of nothing else. */
    val pacedFor: Duration get() = lock.withLock { paced.total }

    /** There is no link. */
    fun shut() = turn { shutNow() }

    /** [link] takes messages that restore what the server knew of this client, and no others. */
    fun restore(link: MeasuredLink) = turn { gate = Gate.Restoring(exitTo(link)) }

    /** [link] takes every message. */
    fun open(link: MeasuredLink) =
        turn {
            gate = Gate.Open(exitTo(link))
            lostAt = null
        }

    /** The server has read more of what left. */
    fun review(): Unit = wake { }

    /** There will be no link any more. */
    fun end(cause: HyphaException?) =
        turn {
            gate = Gate.Ended(cause)
            paced.end()
            if (lostAt == null) lostAt = start.elapsedNow()
        }

    /** Learns how a link has ended: a server for which this client was too fast gets half as much from now on. */
    fun ended(how: LinkEvent.Closed) {
        if (how.code == POLICY && RATE_LIMIT in how.reason.lowercase()) lock.withLock { slowdowns++ }
    }

    private inline fun turn(change: () -> Unit) = wake { if (gate !is Gate.Ended) change() }

    private fun shutNow() {
        gate = Gate.Shut
        paced.end()
        if (lostAt == null) lostAt = start.elapsedNow()
    }

    private fun exitTo(link: MeasuredLink): Exit {
        gate.exit?.let { if (it.link === link) return it }
        val limits = SendLimits.of(link.info, settings.messageRate, settings.messageBurst, slowdowns)
        val patience = minOf(settings.pingTimeout, LongestPatience)
        return Exit(link, if (limits.isUnlimited) null else Allowance(limits, patience, settings.timeSource))
    }

    private fun ring(): Unit = wake { alarm.hasRung() }

    override suspend fun send(
        frame: ByteChain,
        lane: String,
        urgency: Urgency,
        departure: Departure?,
    ) {
        val exit = lock.withLock { passAtOnce(frame.size, urgency) }
        if (exit != null && handOver(exit, frame, null, departure)) return
        val waiter = Waiter(lane, urgency, frame.size)
        waiter.hadTurn = exit != null
        while (true) {
            val next = awaitTurn(waiter, departure) ?: return
            if (handOver(next, frame, waiter, departure)) return
            waiter.hadTurn = true
        }
    }

    /** The way out, when nobody waits and nothing keeps the message back. */
    private fun passAtOnce(
        size: Int,
        urgency: Urgency,
    ): Exit? {
        val exit = gate.exitFor(urgency) ?: return null
        if (!turns.isEmpty || !exit.hasRoom(size) || !exit.take(isBeat = urgency == Urgency.Beat, isAlone = true)) return null
        exit.enter(size, null)
        return exit
    }

    /** False when the link has taken nothing, because it has ended. */
    private suspend fun handOver(
        exit: Exit,
        frame: ByteChain,
        waiter: Waiter?,
        departure: Departure?,
    ): Boolean {
        departure?.mayHaveLeft = true
        var isOver = false
        try {
            exit.link.send(frame)
        } catch (e: ConnectionClosedException) {
            // Else it may have left, and is not sent again: whoever waits for its reply learns of the end in another way.
            isOver = e.didNotRun
        } finally {
            wake {
                exit.leave(frame.size, waiter)
                // Before the reader has noticed.
                if (isOver && gate.exit === exit) shutNow()
            }
        }
        if (isOver) departure?.mayHaveLeft = false
        return !isOver
    }

    /** Null when the message is called off. */
    private suspend fun awaitTurn(
        waiter: Waiter,
        departure: Departure?,
    ): Exit? {
        waiter.exit = null
        var isOver = false
        settings.metrics?.onSendWaiting()
        val began = start.elapsedNow()
        try {
            suspendCancellableCoroutine { continuation ->
                waiter.continuation = continuation
                wake {
                    waiter.since = start.elapsedNow()
                    turns.add(waiter)
                }
                departure?.onWaiting { callOff(waiter) }
            }
            isOver = true
        } finally {
            if (!isOver) giveUp(waiter)
            settings.metrics?.onSendWaited((start.elapsedNow() - began).inWholeNanoseconds)
        }
        return waiter.exit ?: if (waiter.isCalledOff) null else throw failure()
    }

    private fun callOff(waiter: Waiter) {
        wake {
            // One that does not wait any more leaves, or has left.
            if (waiter.turn == null) return
            turns.remove(waiter, hasTurn = false)
            waiter.isCalledOff = true
        }
        waiter.wake()
    }

    private fun giveUp(waiter: Waiter) =
        wake {
            val exit = waiter.exit
            if (exit == null) turns.remove(waiter, hasTurn = false) else exit.giveBack(waiter)
        }

    private fun failure(): ConnectionClosedException {
        val ended = lock.withLock { gate } as? Gate.Ended
        val message =
            if (ended == null) {
                "the connection is lost and did not come back within ${settings.reconnectWait}"
            } else {
                ended.cause?.message ?: "Connection is closed"
            }
        return ConnectionClosedException(message, ended?.cause, didNotRun = true)
    }

    /** Changes something, and lets go whoever need not wait any more. */
    private inline fun wake(change: () -> Unit) {
        var asks: Exit? = null
        var held = Duration.ZERO
        val woken =
            lock.withLock {
                change()
                asks = gate.exit?.takeIf { it.review() }
                takeAwake().also { held = paced.takeNews() }
            }
        woken.forEach(Waiter::wake)
        asks?.let(::ask)
        if (held.isPositive()) settings.metrics?.onPaced(held.inWholeNanoseconds)
    }

    /** Asks the server how far it has read. */
    private fun ask(exit: Exit) {
        scope.launch {
            try {
                exit.link.control(ControlMessage.Ping)
            } catch (
                // A link may fail in a way of its own. Its reader learns of it as well, and decides what follows.
                @Suppress("TooGenericExceptionCaught") e: Exception,
            ) {
                currentCoroutineContext().ensureActive()
                settings.logger.debug { "the server could not be asked what it has read: ${e.message}" }
            }
        }
    }

    /** Takes out everybody who need not wait any more. They are woken when the lock is free. */
    private fun takeAwake(): List<Waiter> {
        if (turns.isEmpty) {
            paced.end()
            alarm.clear()
            return emptyList()
        }
        val awake = ArrayList<Waiter>(1)
        takeExpired(awake)
        takeNext()?.let(awake::add)
        return awake
    }

    /** Those who have waited for a link for too long. */
    private fun takeExpired(expired: MutableList<Waiter>) {
        val isOver = gate is Gate.Ended
        val lost = lostAt ?: return
        val now = start.elapsedNow()
        var ring = turns.eldest
        while (ring != null) {
            val waiter = ring.value
            ring = ring.next
            // Once there is a link that takes it, it waits for its turn only, however long.
            if (gate.exitFor(waiter.urgency) != null) continue
            if (waiter.urgency == Urgency.Reply && !isOver) continue
            val left = if (isOver) Duration.ZERO else maxOf(waiter.since, lost) + settings.reconnectWait - now
            if (left.isPositive()) {
                if (left.isFinite()) alarm.set(now, left)
                break
            }
            turns.remove(waiter, hasTurn = false)
            expired += waiter
        }
    }

    /** The next one, with its token, if it may leave now. */
    private fun takeNext(): Waiter? {
        val beat = gate.nextBeat(turns)
        val other = gate.next(turns)
        val exit = gate.exit ?: return null
        val isAlone = beat == null || other == null
        val inTurn = if (turns.areBeatsLast) listOfNotNull(other, beat) else listOfNotNull(beat, other)
        if (inTurn.isEmpty() || !exit.hasRoom(inTurn.first().size)) return null
        // Whose tokens are not there yet holds up nobody whose are.
        val next = inTurn.firstOrNull { exit.hasRoom(it.size) && exit.take(it === beat, isAlone) }
        if (next == null) {
            awaitToken(inTurn.minOf { exit.timeUntil(it === beat, isAlone) })
            return null
        }
        paced.end()
        turns.remove(next, hasTurn = true)
        next.exit = exit
        exit.enter(next.size, next)
        return next
    }

    private fun awaitToken(time: Duration) {
        paced.begin()
        if (time.isFinite()) alarm.set(start.elapsedNow(), time)
    }

    private companion object {
        /** The code of WebSocket with which servers end the link of a client that sends too much (protocol §1.8). */
        const val POLICY = 1008
        const val RATE_LIMIT = "rate limit"

        /** A server that reads takes no longer to answer. */
        val LongestPatience = 20.seconds
    }
}
