package io.hypha.rpc.ktor

import io.ktor.client.HttpClient
import io.ktor.client.HttpClientConfig
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.pluginOrNull
import io.ktor.client.plugins.websocket.DefaultClientWebSocketSession
import io.ktor.client.plugins.websocket.WebSockets
import java.net.URI

/**
 * What opens one socket, and sees to it that the frames which arrive do not pile up. A client of the user's own is never closed.
 *
 * @property http the client.
 * @property owned the same, if it ends with the connection.
 */
internal class SocketClient private constructor(
    val http: HttpClient,
    val owned: HttpClient?,
    private val room: FrameRoom?,
    private val canWait: Boolean,
) {
    /** How to take the frames of a socket of this client. */
    fun framesOf(session: DefaultClientWebSocketSession): IncomingFrames =
        when {
            room != null -> framesIn(room, session)
            canWait -> plainFramesOf(session)
            else -> CountedFrames(session, FrameRoom(MOST_COUNTED, MOST_COUNTED_BYTES))
        }

    /** There is no connection, or none any more. */
    fun close() {
        room?.close()
        owned?.close()
    }

    companion object {
        /** OkHttp has one more in its hands, of any size, for it knows no limit for one frame. */
        private const val MOST_WAITING = 64
        private const val MOST_WAITING_BYTES = 16L * 1024 * 1024

        /** Where nobody can be made to wait, more than servers keep for a client that is slow: reaching this costs the connection. */
        const val MOST_COUNTED = 65_536
        const val MOST_COUNTED_BYTES = 64L * 1024 * 1024

        /**
         * CIO has three such queues one behind the other, and a frame in hand in front of each: 51 frames in all; Java has fewer. Shorter queues
         * would cost small calls a fifth of their number, for reader and parser would wait for each other more often.
         */
        private const val INCOMING_FRAMES = 16
        private const val OUTGOING_FRAMES = 16

        /** The user's client, or a new one for a socket to [url]. */
        fun of(
            url: String,
            options: ConnectOptions,
        ): SocketClient {
            val given = options.httpClient ?: return make(url, options)
            val isBounded =
                given
                    .pluginOrNull(WebSockets)
                    ?.channelsConfig
                    ?.incoming
                    ?.canSuspend == true
            return SocketClient(given, null, null, isBounded)
        }

        private fun make(
            url: String,
            options: ConnectOptions,
        ): SocketClient {
            val factory =
                options.engine ?: return own(
                    HttpClient(CIO) {
                        val address = URI(url)
                        if (address.scheme ==
                            "wss"
                        ) {
                            engine { https { (options.tls ?: TlsSettings.platform()).applyTo(this, address.host) } }
                        }
                        configure(options) { false }
                    },
                    null,
                )
            val room = FrameRoom(MOST_WAITING, MOST_WAITING_BYTES)
            var needsRoom = false
            val http =
                HttpClient(factory) {
                    engine {
                        needsRoom = isOkHttp(this)
                        if (needsRoom) readAsRoomAllows(this, room)
                    }
                    // Not its class's name, which a minified application has lost. The JDK's client goes on with a handshake that nobody waits for
                    // any more, unless it has a limit of its own.
                    if (factory.toString() == "Java" && options.connectTimeout.isFinite()) {
                        install(HttpTimeout) { connectTimeoutMillis = options.connectTimeout.inWholeMilliseconds.coerceAtLeast(1) }
                    }
                    configure(options) { needsRoom }
                }
            return own(http, room.takeIf { needsRoom })
        }

        private fun own(
            http: HttpClient,
            room: FrameRoom?,
        ) = SocketClient(http, http, room, canWait = true)

        private fun HttpClientConfig<*>.configure(
            options: ConnectOptions,
            needsRoom: () -> Boolean,
        ) {
            expectSuccess = false
            install(WebSockets) {
                // OkHttp pushes frames into a queue that cannot make it wait, and has no frame limit to set.
                if (!needsRoom()) {
                    maxFrameSize = options.maxFrameSize
                    channels { incoming = bounded(INCOMING_FRAMES) }
                }
                channels { outgoing = bounded(OUTGOING_FRAMES) }
            }
        }
    }
}
