package io.hypha.rpc.client

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.call.EndpointOptions
import io.hypha.rpc.connection.ConnectionSettings
import io.hypha.rpc.metrics.HyphaMetrics

// What each room has to know of the options of a client.

internal fun connectionSettings(
    options: HyphaOptions,
    logger: HyphaLogger,
    metrics: HyphaMetrics?,
) = ConnectionSettings(
    pingInterval = options.pingInterval,
    pingTimeout = options.pingTimeout,
    refreshInterval = options.tokenRefreshInterval,
    reconnect = options.reconnect,
    reconnectWait = options.reconnectWait,
    messageRate = options.messageRate,
    messageBurst = options.messageBurst,
    logger = logger,
    metrics = metrics,
    timeSource = options.timeSource,
)

internal fun endpointOptions(
    options: HyphaOptions,
    logger: HyphaLogger,
    metrics: HyphaMetrics?,
) = EndpointOptions(
    timeout = options.timeout,
    interfaceTimeout = options.interfaceTimeout,
    maxIncomingCalls = options.maxIncomingCalls,
    maxIncomingBytes = options.maxIncomingBytes,
    maxLongMessageBytes = options.maxLongMessageBytes,
    idleSession = options.idleSession,
    callerGrace = options.callerGrace,
    limits = options.limits,
    logger = logger,
    metrics = metrics,
    timeSource = options.timeSource,
)
