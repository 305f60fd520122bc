package io.hypha.rpc.conformance.faults

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.ktor.ConnectOptions
import io.hypha.rpc.ktor.connectToServer
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** Runs [test] with a hub that does as [scripts] say, one for each connection, and ends it. */
internal fun withWrongHub(
    vararg scripts: WrongSocket.() -> Unit,
    limit: Duration = 30.seconds,
    test: suspend WrongHub.() -> Unit,
) {
    WrongHub(*scripts).use { hub -> runBlocking { withTimeout(limit) { hub.test() } } }
}

/** A client of this hub for the time of [use]. */
internal suspend fun WrongHub.withClient(
    configure: ConnectOptions.() -> Unit = {},
    use: suspend (HyphaConnection) -> Unit,
) {
    val client =
        connectToServer(url) {
            token = "token"
            clientId = "client"
            impatient()
            configure()
        }
    try {
        use(client)
    } finally {
        client.close()
        client.awaitClosed()
    }
}
