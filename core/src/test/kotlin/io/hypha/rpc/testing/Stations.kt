package io.hypha.rpc.testing

import io.hypha.rpc.HyphaException
import io.hypha.rpc.connection.Connection
import io.hypha.rpc.connection.ConnectionHandler
import io.hypha.rpc.connection.ConnectionSettings
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.connection.ExponentialBackoff
import io.hypha.rpc.connection.ReconnectPolicy
import io.hypha.rpc.connection.TokenRenewal
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Transport
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.UnconfinedTestDispatcher
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration
import kotlin.time.TimeSource

/**
 * A connection without a client above it, and everything that it says.
 *
 * @property restore what restores a link.
 */
@OptIn(ExperimentalCoroutinesApi::class)
internal class Station(
    private val test: TestScope,
    transport: Transport,
    policy: ReconnectPolicy = ExponentialBackoff(jitter = 0.0),
    tokens: TokenRenewal? = null,
    pingInterval: Duration = Duration.INFINITE,
    pingTimeout: Duration = Duration.INFINITE,
    timeSource: TimeSource.WithComparableMarks = test.testScheduler.timeSource,
    var restore: suspend (ConnectionInfo) -> Unit = {},
) : ConnectionHandler {
    private val scope = CoroutineScope(StandardTestDispatcher(test.testScheduler) + Job())
    val connection =
        Connection(
            transport,
            scope,
            ConnectionSettings(pingInterval, pingTimeout, reconnect = policy, timeSource = timeSource),
            tokens,
        )

    /** The states, each with the second in which it began. */
    val states = mutableListOf<String>()
    val messages = mutableListOf<Bytes>()
    var restored = 0
    var end: HyphaException? = null

    init {
        test.backgroundScope.launch(UnconfinedTestDispatcher(test.testScheduler)) {
            connection.state.collect { states += "${test.currentTime / 1000.0} ${short(it)}" }
        }
    }

    suspend fun begin(identity: Identity = Identity("alice")) {
        connection.open(identity)
        connection.start(this)
    }

    private fun short(state: ConnectionState): String =
        when (state) {
            is ConnectionState.Connecting -> "Connecting"
            is ConnectionState.Connected -> "Connected ${state.generation}"
            is ConnectionState.Reconnecting -> "Reconnecting ${state.attempt} in ${state.retryIn}"
            is ConnectionState.Closed -> "Closed"
        }

    override fun onMessage(message: Bytes) {
        messages += message
    }

    override suspend fun restore(info: ConnectionInfo) = restore.invoke(info)

    override fun onRestored(info: ConnectionInfo) {
        restored++
    }

    override fun onClosed(cause: HyphaException) {
        end = cause
    }

    /** How many coroutines of it there are. */
    val coroutines: Int get() =
        scope.coroutineContext.job.children
            .count()

    suspend fun cancel() {
        scope.coroutineContext.job.cancelAndJoin()
    }

    suspend fun stop() {
        connection.close()
        cancel()
    }
}

/** Runs [test] in virtual time, and ends the stations that it makes. */
internal fun withStations(test: suspend TestScope.(make: (() -> Station) -> Station) -> Unit) =
    runTest {
        val stations = mutableListOf<Station>()
        try {
            test { build -> build().also(stations::add) }
        } finally {
            stations.forEach { it.stop() }
        }
    }
