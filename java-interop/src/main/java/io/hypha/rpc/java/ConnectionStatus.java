package io.hypha.rpc.java;

import io.hypha.rpc.HyphaException;
import io.hypha.rpc.connection.ConnectionState;
import io.hypha.rpc.jvm.JavaReconnection;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Where a connection stood at one moment: see {@link HyphaClient#state} and {@link HyphaClient#onStateChange}. */
public final class ConnectionStatus {
    /** What there is to tell apart. */
    public enum Kind {
        /** The connection is being made. What {@code connect} returns has come further. */
        CONNECTING,

        /** Messages flow. */
        CONNECTED,

        /** The connection was lost, and comes back by itself; calls that are made now wait for it. */
        RECONNECTING,

        /** The end; the connection does not come back. */
        CLOSED
    }

    private final ConnectionState state;
    private final Kind kind;

    ConnectionStatus(ConnectionState state) {
        this.state = state;
        this.kind = kindOf(state);
    }

    private static Kind kindOf(ConnectionState state) {
        if (state instanceof ConnectionState.Connected) {
            return Kind.CONNECTED;
        }
        if (state instanceof ConnectionState.Reconnecting) {
            return Kind.RECONNECTING;
        }
        return state instanceof ConnectionState.Closed ? Kind.CLOSED : Kind.CONNECTING;
    }

    /** Which of them it is. */
    public Kind kind() {
        return kind;
    }

    /** Whether messages flow. */
    public boolean isConnected() {
        return kind == Kind.CONNECTED;
    }

    /** Whether the connection has ended for good. */
    public boolean isClosed() {
        return kind == Kind.CLOSED;
    }

    /** When connected: how often the connection was made, this time included; the first is 1. Otherwise 0. */
    public int generation() {
        return isConnected() ? ((ConnectionState.Connected) state).getGeneration() : 0;
    }

    /** When reconnecting: the number of the attempt that is made, or waited for; the first is 1. Otherwise 0. */
    public int attempt() {
        return kind == Kind.RECONNECTING ? reconnecting().getAttempt() : 0;
    }

    /** When reconnecting: how long it was until the attempt when this state began; 0 when it was made at once. */
    public long retryIn(TimeUnit unit) {
        Objects.requireNonNull(unit, "unit");
        return unit.convert(nanosecondsToRetry(), TimeUnit.NANOSECONDS);
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public Duration retryIn() {
        return Duration.ofNanos(nanosecondsToRetry());
    }

    /**
     * When reconnecting: why the connection was lost, or why the attempt before this one failed. When closed: why, or
     * {@code null} when this program closed it. Otherwise {@code null}.
     */
    public HyphaException cause() {
        switch (kind) {
            case RECONNECTING:
                return reconnecting().getCause();
            case CLOSED:
                return ((ConnectionState.Closed) state).getCause();
            default:
                return null;
        }
    }

    private long nanosecondsToRetry() {
        return kind == Kind.RECONNECTING ? JavaReconnection.retryIn(reconnecting()) : 0;
    }

    private ConnectionState.Reconnecting reconnecting() {
        return (ConnectionState.Reconnecting) state;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionStatus && ((ConnectionStatus) other).state.equals(state);
    }

    @Override
    public int hashCode() {
        return state.hashCode();
    }

    /** Such as {@code Connected(generation=2)}. */
    @Override
    public String toString() {
        return state.toString();
    }
}
