package io.hypha.rpc.metrics

/**
 * Hears of what a connection does, in numbers: calls, frames, waiting and the state of the connection. Give one to
 * [HyphaOptions.metrics][io.hypha.rpc.client.HyphaOptions.metrics]; without one nothing is measured. Every member does nothing unless it
 * is overridden, and versions to come may add more.
 *
 * The members are called while messages are on their way, from any thread and from many at a time. They must return at once: count, and
 * neither wait, lock for long nor call back into the connection. What they throw is logged once as a warning and changes nothing else.
 * One object may serve several connections; then it counts all of them together.
 *
 * Nothing that is passed here holds an argument, a result, a token or the name of a client, and the number of different names is bounded by
 * the functions that the program itself has and calls. Durations are in nanoseconds.
 */
public interface HyphaMetrics {
    /** A call of this client to another one begins. The pieces of long messages, and calls that do not leave this client, are not told of. */
    public fun onCallStarted(function: CalledFunction) {}

    /**
     * A call of this client has ended; follows each [onCallStarted].
     *
     * @param error the simple name of the class of the failure, such as `CallTimeoutException`; null unless [outcome] is an error. Whatever a
     * remote function threw is a `RemoteException`.
     * @param nanos how long the caller waited, from before its arguments were encoded until after its result was decoded.
     */
    public fun onCallEnded(
        function: CalledFunction,
        outcome: CallOutcome,
        error: String?,
        nanos: Long,
    ) {}

    /** A handler of this client begins to serve a call of somebody else. */
    public fun onIncomingCallStarted(function: CalledFunction) {}

    /**
     * A handler of this client has ended; follows each [onIncomingCallStarted].
     *
     * @param error the simple name of the class of what the handler threw; null unless [outcome] is an error.
     * @param nanos how long the handler took, without the sending of its result.
     */
    public fun onIncomingCallEnded(
        function: CalledFunction,
        outcome: CallOutcome,
        error: String?,
        nanos: Long,
    ) {}

    /**
     * A call of somebody else was refused before a handler began: there is no such function, the caller may not call it, its arguments do not
     * fit, or there are too many calls. Its name is not passed, because the caller chose it.
     *
     * @param error the simple name of the class of the failure, such as `MethodNotFoundException`.
     */
    public fun onIncomingCallRefused(error: String) {}

    /** A message, or a piece of a long one, has been handed to the network. Pings and their answers are not told of. */
    public fun onFrameSent(bytes: Int) {}

    /** A message, or a piece of a long one, has arrived. */
    public fun onFrameReceived(bytes: Int) {}

    /** A message begins to wait until it may be sent: for the server's limit on the rate of messages, or for a connection that is down. */
    public fun onSendWaiting() {}

    /** A message waits no longer, because it is sent, or its sender gave up or failed; follows each [onSendWaiting]. */
    public fun onSendWaited(nanos: Long) {}

    /** Messages have waited for [nanos] because the server takes no more of them (protocol §1.8), and for nothing else; now one leaves, or none waits. */
    public fun onPaced(nanos: Long) {}

    /**
     * The connection is there.
     *
     * @param generation how many times it has been, this time included: 1 for the first, more after a reconnection.
     */
    public fun onConnected(generation: Int) {}

    /** The connection is no longer there, because it was lost or closed; follows each [onConnected]. */
    public fun onDisconnected() {}

    /**
     * A lost connection is to be made again, or the wait for that begins. Told again, with the number 1, when a `forceReconnect` ends the wait.
     *
     * @param attempt how many times that was tried since it was lost or `forceReconnect` was called, this time included.
     */
    public fun onReconnecting(attempt: Int) {}
}
