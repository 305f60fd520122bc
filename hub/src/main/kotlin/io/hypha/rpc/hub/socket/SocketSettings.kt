package io.hypha.rpc.hub.socket

import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/**
 * The limits of one connection (protocol §1.7, §1.8).
 *
 * @property maxFrameBytes largest frame that a client may send.
 * @property maxQueuedBytes most bytes that may wait for a client before it is closed.
 * @property messageRate binary frames a second that a client may send in the long run; 0 for any number.
 * @property messageBurst binary frames that it may send at once.
 * @property idleTimeout how long a client may send nothing at all.
 * @property authTimeout how long the first frame may take.
 * @property closeTimeout how long a closed connection may take to answer before it is cut.
 */
internal class SocketSettings(
    val maxFrameBytes: Int = 16 shl 20,
    val maxQueuedBytes: Long = 64L shl 20,
    val messageRate: Double = 0.0,
    val messageBurst: Int = 0,
    val idleTimeout: Duration = 10.minutes,
    val authTimeout: Duration = 5.seconds,
    val closeTimeout: Duration = 2.seconds,
)
