package io.hypha.rpc.metrics

/** Keeps what it is told, one line each. */
internal class RecordedMetrics : HyphaMetrics {
    val calls = mutableListOf<String>()
    val frames = mutableListOf<String>()
    val connection = mutableListOf<String>()
    var sentBytes = 0L
        private set
    var receivedBytes = 0L
        private set
    var pacedNanos = 0L
        private set

    override fun onCallStarted(function: CalledFunction) {
        calls += "call $function"
    }

    override fun onCallEnded(
        function: CalledFunction,
        outcome: CallOutcome,
        error: String?,
        nanos: Long,
    ) {
        calls += ended("call", function, outcome, error, nanos)
    }

    override fun onIncomingCallStarted(function: CalledFunction) {
        calls += "incoming $function"
    }

    override fun onIncomingCallEnded(
        function: CalledFunction,
        outcome: CallOutcome,
        error: String?,
        nanos: Long,
    ) {
        calls += ended("incoming", function, outcome, error, nanos)
    }

    override fun onIncomingCallRefused(error: String) {
        calls += "refused $error"
    }

    override fun onFrameSent(bytes: Int) {
        frames += "sent"
        sentBytes += bytes
    }

    override fun onFrameReceived(bytes: Int) {
        frames += "received"
        receivedBytes += bytes
    }

    override fun onSendWaiting() {
        frames += "waiting"
    }

    override fun onSendWaited(nanos: Long) {
        frames += "waited ${nanos / MILLI}"
    }

    override fun onPaced(nanos: Long) {
        pacedNanos += nanos
    }

    override fun onConnected(generation: Int) {
        connection += "connected $generation"
    }

    override fun onDisconnected() {
        connection += "disconnected"
    }

    override fun onReconnecting(attempt: Int) {
        connection += "reconnecting $attempt"
    }

    private fun ended(
        what: String,
        function: CalledFunction,
        outcome: CallOutcome,
        error: String?,
        nanos: Long,
    ) = "$what $function ${listOfNotNull(outcome, error).joinToString(" ")} ${nanos / MILLI}"

    private companion object {
        const val MILLI = 1_000_000L
    }
}
