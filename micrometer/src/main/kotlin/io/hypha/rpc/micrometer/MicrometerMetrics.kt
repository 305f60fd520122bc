package io.hypha.rpc.micrometer

import io.hypha.rpc.metrics.CallOutcome
import io.hypha.rpc.metrics.CalledFunction
import io.hypha.rpc.metrics.HyphaMetrics
import io.micrometer.core.instrument.MeterRegistry
import io.micrometer.core.instrument.Tag

/**
 * Puts what connections do into [registry]:
 *
 * ```
 * val server = connectToServer(url) { metrics = MicrometerMetrics(registry) }
 * ```
 *
 * One object may serve any number of connections, whose numbers then add up. A second one for the same registry needs [tags] that the first
 * does not have, such as the name of a server: of two gauges with the same name and tags a registry knows only the first.
 *
 * The meters are there from the beginning, those of calls from the first call of their kind on. Safe for use from any thread.
 *
 * @param registry where the meters are registered.
 * @param tags are added to every meter.
 * @param byFunction adds the tags `service` and `function` to the calls: a time series for each function that this program offers and calls.
 * The same for all objects of one registry: some systems, Prometheus among them, want the same tags on all meters of one name.
 */
public class MicrometerMetrics
    @JvmOverloads
    constructor(
        registry: MeterRegistry,
        tags: Iterable<Tag> = emptyList(),
        byFunction: Boolean = false,
    ) : HyphaMetrics {
        private val calls = CallMeters(registry, tags, "outgoing", byFunction)
        private val incoming = CallMeters(registry, tags, "incoming", byFunction)
        private val traffic = TrafficMeters(registry, tags)
        private val connections = ConnectionMeters(registry, tags)

        override fun onCallStarted(function: CalledFunction): Unit = calls.started()

        override fun onCallEnded(
            function: CalledFunction,
            outcome: CallOutcome,
            error: String?,
            nanos: Long,
        ): Unit = calls.ended(function, outcome, error, nanos)

        override fun onIncomingCallStarted(function: CalledFunction): Unit = incoming.started()

        override fun onIncomingCallEnded(
            function: CalledFunction,
            outcome: CallOutcome,
            error: String?,
            nanos: Long,
        ): Unit = incoming.ended(function, outcome, error, nanos)

        override fun onIncomingCallRefused(error: String): Unit = incoming.refused(error)

        override fun onFrameSent(bytes: Int): Unit = traffic.sent(bytes)

        override fun onFrameReceived(bytes: Int): Unit = traffic.received(bytes)

        override fun onSendWaiting(): Unit = traffic.waiting()

        override fun onSendWaited(nanos: Long): Unit = traffic.waited(nanos)

        override fun onPaced(nanos: Long): Unit = traffic.paced(nanos)

        override fun onConnected(generation: Int): Unit = connections.connected(generation)

        override fun onDisconnected(): Unit = connections.disconnected()

        override fun onReconnecting(attempt: Int): Unit = connections.reconnecting()
    }
