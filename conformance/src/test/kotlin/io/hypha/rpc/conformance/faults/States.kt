package io.hypha.rpc.conformance.faults

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.connection.ConnectionState
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first

/** Waits until the connection has its link number [generation], or a later one. */
internal suspend fun HyphaConnection.awaitConnected(generation: Int): ConnectionState.Connected =
    state.filterIsInstance<ConnectionState.Connected>().first { it.generation >= generation }

/** Waits until the connection is without a link, for the attempt number [attempt] at least. */
internal suspend fun HyphaConnection.awaitLost(attempt: Int = 1): ConnectionState.Reconnecting =
    state.filterIsInstance<ConnectionState.Reconnecting>().first { it.attempt >= attempt }

/** Waits until the connection has ended for good. */
internal suspend fun HyphaConnection.awaitEnd(): ConnectionState.Closed = state.filterIsInstance<ConnectionState.Closed>().first()

/** How many links the connection has had. */
internal val HyphaConnection.generation: Int? get() = (state.value as? ConnectionState.Connected)?.generation
