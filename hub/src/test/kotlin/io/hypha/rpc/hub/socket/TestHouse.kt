package io.hypha.rpc.hub.socket

import io.hypha.rpc.hub.auth.AnonymousUsers
import io.hypha.rpc.hub.auth.Authenticator
import io.hypha.rpc.hub.auth.Tokens
import io.hypha.rpc.hub.route.ClientTable
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.route.Router
import io.hypha.rpc.hub.workspace.Workspaces
import io.netty.channel.embedded.EmbeddedChannel
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame
import io.netty.handler.codec.http.websocketx.WebSocketFrame
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours

/** A hub without a server: sockets are embedded channels, whose time stands still until it is moved. */
internal class TestHouse(
    settings: SocketSettings = SocketSettings(),
) {
    val clients = ClientTable()
    val tokens = Tokens(ByteArray(32))
    val workspaces = Workspaces()
    val left = mutableListOf<HubClient>()
    val presence =
        Presence { client ->
            clients.remove(client)
            left += client
        }
    val house =
        House(
            settings,
            Doorkeeper(Authenticator(tokens, AnonymousUsers()), workspaces, clients, presence),
            Greeting({ Server("http://hub", "http://hub", "manager-1") }, tokens, settings, 1.hours),
            Router(clients),
            presence,
            CoroutineScope(SupervisorJob()),
        )

    init {
        house.ready.complete(Unit)
    }

    fun connect(): EmbeddedChannel =
        EmbeddedChannel().apply {
            // Before the handler sets its first timer.
            freezeTime()
            pipeline().addLast(SocketHandler(house))
        }

    /** A connection of an accepted client, whose greeting has been read. */
    fun connect(credentials: String): EmbeddedChannel {
        val channel = connect()
        channel.say(credentials)
        channel.heard()
        return channel
    }
}

/** The client sends a text. */
internal fun EmbeddedChannel.say(text: String) {
    writeInbound(TextWebSocketFrame(text))
    runPendingTasks()
}

/** Moves the time of the connection. */
internal fun EmbeddedChannel.wait(time: Duration) {
    advanceTimeBy(time.inWholeNanoseconds, java.util.concurrent.TimeUnit.NANOSECONDS)
    runScheduledPendingTasks()
    runPendingTasks()
}

/** What the client got since it was asked last: texts as they are, close frames as code and reason, others by their class. */
internal fun EmbeddedChannel.heard(): List<Any> {
    runPendingTasks()
    return buildList {
        while (true) {
            val frame = readOutbound<WebSocketFrame>() ?: break
            add(
                when (frame) {
                    is TextWebSocketFrame -> frame.text()
                    is CloseWebSocketFrame -> frame.statusCode() to frame.reasonText()
                    else -> frame.javaClass
                },
            )
            frame.release()
        }
    }
}
