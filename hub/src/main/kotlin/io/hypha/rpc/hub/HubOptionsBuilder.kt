package io.hypha.rpc.hub

import java.util.concurrent.TimeUnit
import kotlin.time.Duration
import kotlin.time.toDuration
import kotlin.time.toDurationUnit
import kotlin.time.toKotlinDuration
import java.time.Duration as JavaDuration

/**
 * Collects the options of a hub in Java: `HubOptions.builder().port(9527).build()`. What is not set keeps its default. Kotlin has
 * [hubOptions]. For one thread at a time.
 */
public class HubOptionsBuilder internal constructor() {
    private val options = HubOptions.Builder()

    /** [HubOptions.host]. */
    public fun host(value: String): HubOptionsBuilder = with { host = value }

    /** [HubOptions.port]. */
    public fun port(value: Int): HubOptionsBuilder = with { port = value }

    /** [HubOptions.publicUrl]. */
    public fun publicUrl(value: String?): HubOptionsBuilder = with { publicUrl = value }

    /** [HubOptions.jwtSecret]. */
    public fun jwtSecret(value: String?): HubOptionsBuilder = with { jwtSecret = value }

    /** [HubOptions.rootToken]. */
    public fun rootToken(value: String?): HubOptionsBuilder = with { rootToken = value }

    /** [HubOptions.messageRate]. */
    public fun messageRate(value: Double): HubOptionsBuilder = with { messageRate = value }

    /** [HubOptions.messageBurst]. */
    public fun messageBurst(value: Int): HubOptionsBuilder = with { messageBurst = value }

    /** [HubOptions.maxFrameBytes]. */
    public fun maxFrameBytes(value: Int): HubOptionsBuilder = with { maxFrameBytes = value }

    /** [HubOptions.maxQueuedBytes]. */
    public fun maxQueuedBytes(value: Long): HubOptionsBuilder = with { maxQueuedBytes = value }

    /** [HubOptions.eventLoops]. */
    public fun eventLoops(value: Int): HubOptionsBuilder = with { eventLoops = value }

    /** [HubOptions.login]. */
    public fun login(value: LoginProvider?): HubOptionsBuilder = with { login = value }

    /** [HubOptions.idleTimeout]. `Long.MAX_VALUE` stands for ever. */
    public fun idleTimeout(
        time: Long,
        unit: TimeUnit,
    ): HubOptionsBuilder = with { idleTimeout = durationOf(time, unit) }

    /** The same. */
    public fun idleTimeout(time: JavaDuration): HubOptionsBuilder = with { idleTimeout = time.toKotlinDuration() }

    /** [HubOptions.reconnectDelay]. */
    public fun reconnectDelay(
        time: Long,
        unit: TimeUnit,
    ): HubOptionsBuilder = with { reconnectDelay = durationOf(time, unit) }

    /** The same. */
    public fun reconnectDelay(time: JavaDuration): HubOptionsBuilder = with { reconnectDelay = time.toKotlinDuration() }

    /** [HubOptions.reconnectionTokenLife]. */
    public fun reconnectionTokenLife(
        time: Long,
        unit: TimeUnit,
    ): HubOptionsBuilder = with { reconnectionTokenLife = durationOf(time, unit) }

    /** The same. */
    public fun reconnectionTokenLife(time: JavaDuration): HubOptionsBuilder = with { reconnectionTokenLife = time.toKotlinDuration() }

    /** [HubOptions.workspaceGrace]. `Long.MAX_VALUE` stands for ever. */
    public fun workspaceGrace(
        time: Long,
        unit: TimeUnit,
    ): HubOptionsBuilder = with { workspaceGrace = durationOf(time, unit) }

    /** The same. */
    public fun workspaceGrace(time: JavaDuration): HubOptionsBuilder = with { workspaceGrace = time.toKotlinDuration() }

    /** [HubOptions.loginTime]. */
    public fun loginTime(
        time: Long,
        unit: TimeUnit,
    ): HubOptionsBuilder = with { loginTime = durationOf(time, unit) }

    /** The same. */
    public fun loginTime(time: JavaDuration): HubOptionsBuilder = with { loginTime = time.toKotlinDuration() }

    /**
     * The options.
     *
     * @throws IllegalArgumentException when one of them cannot be; the message says which, and what it may be.
     */
    public fun build(): HubOptions = options.build()

    private fun with(change: HubOptions.Builder.() -> Unit): HubOptionsBuilder = apply { options.change() }

    /** Says nothing of the options: some are secret. */
    override fun toString(): String = "HubOptionsBuilder"
}

/** The longest time that Java can express so stands for ever. */
internal fun durationOf(
    time: Long,
    unit: TimeUnit,
): Duration = if (unit.toNanos(time) == Long.MAX_VALUE) Duration.INFINITE else time.toDuration(unit.toDurationUnit())
