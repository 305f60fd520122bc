package io.hypha.rpc.ktor

import io.ktor.client.engine.HttpClientEngineConfig
import io.ktor.client.engine.okhttp.OkHttpConfig
import okhttp3.OkHttpClient
import okhttp3.Response
import okhttp3.WebSocket
import okhttp3.WebSocketListener
import okio.ByteString

/** Whether these are the settings of OkHttp, which a program need not have. */
internal fun isOkHttp(settings: HttpClientEngineConfig): Boolean =
    try {
        settings is OkHttpConfig
    } catch (_: NoClassDefFoundError) {
        false
    }

/**
 * Has OkHttp wait for [room] before it reads on. Ktor's queue behind it has no bound that makes anybody wait, but the thread on which OkHttp
 * reads one socket, and does nothing else, may wait.
 */
internal fun readAsRoomAllows(
    settings: HttpClientEngineConfig,
    room: FrameRoom,
) {
    settings as OkHttpConfig
    val given = settings.webSocketFactory
    lateinit var builder: OkHttpClient.Builder
    // What Ktor makes its client with, after all other settings.
    settings.config { builder = this }
    settings.webSocketFactory =
        WebSocket.Factory { request, listener -> (given ?: builder.build()).newWebSocket(request, RoomListener(listener, room)) }
}

private class RoomListener(
    private val listener: WebSocketListener,
    private val room: FrameRoom,
) : WebSocketListener() {
    override fun onOpen(
        webSocket: WebSocket,
        response: Response,
    ) = listener.onOpen(webSocket, response)

    override fun onMessage(
        webSocket: WebSocket,
        text: String,
    ) {
        if (room.await(text.length)) listener.onMessage(webSocket, text)
    }

    override fun onMessage(
        webSocket: WebSocket,
        bytes: ByteString,
    ) {
        if (room.await(bytes.size)) listener.onMessage(webSocket, bytes)
    }

    override fun onClosing(
        webSocket: WebSocket,
        code: Int,
        reason: String,
    ) = listener.onClosing(webSocket, code, reason)

    override fun onClosed(
        webSocket: WebSocket,
        code: Int,
        reason: String,
    ) = listener.onClosed(webSocket, code, reason)

    override fun onFailure(
        webSocket: WebSocket,
        t: Throwable,
        response: Response?,
    ) = listener.onFailure(webSocket, t, response)
}
