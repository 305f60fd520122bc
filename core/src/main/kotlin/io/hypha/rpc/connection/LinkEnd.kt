package io.hypha.rpc.connection

import io.hypha.rpc.HyphaException
import kotlin.time.Duration

/**
 * How a link ended, or why there was none.
 *
 * @property lived for how long messages flowed over it; null when it never came so far.
 * @property isWanted the user gave it up for another one.
 * @property isFinal the server would say the same the next time.
 */
internal class LinkEnd(
    val cause: HyphaException,
    val lived: Duration? = null,
    val isWanted: Boolean = false,
    val isFinal: Boolean = false,
)
