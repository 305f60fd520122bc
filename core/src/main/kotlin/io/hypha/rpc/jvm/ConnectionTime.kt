package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.client.HyphaOptions
import kotlin.time.Duration

/** The times among the options of a connection, for Java, which cannot name their setters. */
@InternalHyphaApi
public enum class ConnectionTime(
    private val assign: HyphaOptions.(Duration) -> Unit,
) {
    /** [HyphaOptions.timeout]. */
    Timeout({ timeout = it }),

    /** [HyphaOptions.interfaceTimeout]. */
    InterfaceTimeout({ interfaceTimeout = it }),

    /** [HyphaOptions.connectTimeout]. */
    ConnectTimeout({ connectTimeout = it }),

    /** [HyphaOptions.pingInterval]. */
    PingInterval({ pingInterval = it }),

    /** [HyphaOptions.pingTimeout]. */
    PingTimeout({ pingTimeout = it }),

    /** [HyphaOptions.reconnectWait]. */
    ReconnectWait({ reconnectWait = it }),

    /** [HyphaOptions.callerGrace]. */
    CallerGrace({ callerGrace = it }),

    /** [HyphaOptions.tokenRefreshInterval]. */
    TokenRefreshInterval({ tokenRefreshInterval = it }),

    /** [HyphaOptions.idleSession]. */
    IdleSession({ idleSession = it }),
    ;

    /** Sets it; `Long.MAX_VALUE` stands for ever. */
    public fun set(
        options: HyphaOptions,
        nanoseconds: Long,
    ) {
        options.assign(Timeouts.duration(nanoseconds))
    }
}
