package io.hypha.rpc.call

import io.hypha.rpc.transport.Departure
import io.hypha.rpc.transport.Urgency
import kotlin.concurrent.Volatile
import kotlin.time.Duration

/**
 * One call to make.
 *
 * @property target the client to call, absolute.
 * @property path the path of the function at that client.
 * @property args positional arguments.
 * @property kwargs keyword arguments.
 * @property parent the peer's session into which this call goes, if it is one (protocol §3.3).
 * @property order keeps messages into that session in order.
 * @property timeout how long the provider may be silent.
 * @property cancels whether the provider wants to hear when the caller gives up.
 * @property expectsReply false for functions that never reply.
 * @property place where the function stands in a service that is followed; null when there is nothing to follow.
 * @property edition what of that service the function was taken from.
 * @property isStream the next item of a stream, or its end.
 * @property isChunk a part of a long message, which is never cut up again (protocol §6.3).
 * @property lane what its messages take their turns with; null for the session that they belong to.
 * @property isRepeatable whether it may run twice without harm: it is made again when the link over which it left is lost, for its reply may
 *   have been lost as well.
 * @property urgency which of the messages that wait leave before it.
 * @property progress hears how much of it has arrived, when it is long.
 * @property departure whose message leaves with this one; null for the call itself.
 */
internal class CallRequest(
    val target: String,
    val path: String,
    val args: List<Any?>,
    val kwargs: Map<String, Any?> = emptyMap(),
    val parent: String? = null,
    val order: SendOrder? = null,
    val timeout: Duration? = null,
    val cancels: Boolean = false,
    val expectsReply: Boolean = true,
    val isChunk: Boolean = false,
    val isStream: Boolean = false,
    val lane: String? = null,
    val urgency: Urgency = Urgency.Ordinary,
    val isRepeatable: Boolean = false,
    val progress: ProgressListener? = null,
    val departure: Departure? = null,
    val place: FollowedFunction? = null,
    val edition: FollowedService.Edition? = null,
) {
    /** What the provider could call while this call ran. */
    @Volatile
    var session: Session? = null

    /** Whether the provider has resolved it: then it ran, whatever becomes of the result. */
    @Volatile
    var hasResult: Boolean = false

    /** Whether the result is there as a value, and what lives at the provider for it is in use. */
    @Volatile
    var isDecoded: Boolean = false

    /** The link over which it left was lost, so that it is to be made again. */
    @Volatile
    var isLost: Boolean = false
}
