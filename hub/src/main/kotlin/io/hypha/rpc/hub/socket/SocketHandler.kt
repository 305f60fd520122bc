package io.hypha.rpc.hub.socket

import io.hypha.rpc.hub.auth.Credentials
import io.hypha.rpc.hub.auth.Refusal
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.route.TokenBucket
import io.netty.channel.ChannelHandlerContext
import io.netty.channel.SimpleChannelInboundHandler
import io.netty.handler.codec.PrematureChannelClosureException
import io.netty.handler.codec.TooLongFrameException
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame
import io.netty.handler.codec.http.websocketx.WebSocketFrame
import io.netty.util.concurrent.Future
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Job
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.launch
import org.slf4j.Logger
import org.slf4j.LoggerFactory
import java.io.IOException
import java.util.concurrent.TimeUnit.NANOSECONDS

/**
 * The reading half of one connection, from the first frame to the last (protocol §1.2 to §1.8). Everything in it happens on the
 * thread of the connection's event loop, which also routes what it reads.
 */
internal class SocketHandler(
    private val house: House,
) : SimpleChannelInboundHandler<WebSocketFrame>() {
    private lateinit var context: ChannelHandlerContext
    private lateinit var socket: ClientSocket
    private lateinit var messages: TokenBucket
    private var authTimer: Future<*>? = null
    private var idleWatch: IdleWatch? = null
    private var setUp: Job? = null
    private var client: HubClient? = null

    /** Frames that came together with the first one, before the client was let in. */
    private val early = ArrayDeque<WebSocketFrame>()

    override fun handlerAdded(context: ChannelHandlerContext) {
        this.context = context
        val settings = house.settings
        val clock = context.channel().eventLoop().ticker()
        socket = ClientSocket(context.channel(), settings, ::ended)
        messages = TokenBucket(settings.messageRate, settings.messageBurst, clock::nanoTime)
        val patience = settings.authTimeout.inWholeNanoseconds
        authTimer = context.executor().schedule({ refuse(Refusal(Refusal.POLICY, AUTH_TIMEOUT)) }, patience, NANOSECONDS)
    }

    /** Closes at once, as clients are that do not speak this version of the protocol. */
    fun turnAway(reason: String) {
        socket.close(Refusal.POLICY, reason, withErrorFrame = false)
    }

    /** Ends the connection because the server stops; the result is done when the socket is closed. */
    fun stop(): Future<*> {
        socket.close(Refusal.GOING_AWAY, "Server is stopping")
        return context.channel().closeFuture()
    }

    override fun channelRead0(
        context: ChannelHandlerContext,
        frame: WebSocketFrame,
    ) {
        when (frame) {
            is PingWebSocketFrame -> socket.queue(PongWebSocketFrame(frame.content().retain()))
            is PongWebSocketFrame -> socket.pong()
            is CloseWebSocketFrame -> closedByClient(frame)
            else -> data(frame)
        }
    }

    private fun data(frame: WebSocketFrame) {
        val client = client
        when {
            socket.hasEnded -> Unit
            client != null -> message(client, frame)
            setUp != null -> early.add(frame.retain())
            frame is TextWebSocketFrame && frame.content().readableBytes() <= LONGEST_CREDENTIALS -> begin(frame.text())
            else -> refuse(Refusal(Refusal.UNREADABLE, "Failed to decode authentication information"))
        }
    }

    private fun begin(text: String) {
        authTimer?.cancel(false)
        context.channel().config().isAutoRead = false
        val dispatcher = context.channel().eventLoop().asCoroutineDispatcher()
        setUp =
            house.scope.launch(dispatcher) {
                try {
                    house.ready.await()
                    house.doorkeeper.admit(Credentials.parse(text), socket, ::welcome)
                } catch (e: Refusal) {
                    refuse(e)
                } catch (e: CancellationException) {
                    throw e
                } catch (e: RuntimeException) {
                    logger.error("A connection could not be set up", e)
                    refuse(Refusal.setUp("Internal error of the hub"))
                } finally {
                    context.channel().config().isAutoRead = true
                }
            }
    }

    private fun welcome(client: HubClient) {
        this.client = client
        logger.debug("{} has connected", client)
        socket.sendText(house.greeting.connectionInfo(client))
        idleWatch = IdleWatch(context.executor(), house.settings.idleTimeout, socket).also { it.start() }
        while (true) {
            val frame = early.removeFirstOrNull() ?: break
            if (!socket.hasEnded) message(client, frame)
            frame.release()
        }
    }

    private fun message(
        client: HubClient,
        frame: WebSocketFrame,
    ) {
        idleWatch?.touch()
        when (frame) {
            is TextWebSocketFrame -> {
                house.textFrames.answer(client, frame.text())?.let(socket::sendText)
            }

            is BinaryWebSocketFrame -> {
                if (messages.tryTake()) {
                    house.router.route(client, frame.content())
                } else {
                    socket.close(Refusal.POLICY, "Rate limit exceeded: too many messages per second")
                }
            }
        }
    }

    private fun refuse(refusal: Refusal) {
        socket.close(refusal.code, refusal.message.orEmpty())
    }

    private fun closedByClient(frame: CloseWebSocketFrame) {
        if (socket.hasEnded) {
            context.close()
        } else {
            socket.closed()
            context.writeAndFlush(frame.retain()).addListener { context.close() }
        }
    }

    override fun channelInactive(context: ChannelHandlerContext) {
        socket.closed()
        context.fireChannelInactive()
    }

    @Deprecated("Deprecated in Netty's interface, which has no other way to hear of errors")
    override fun exceptionCaught(
        context: ChannelHandlerContext,
        cause: Throwable,
    ) {
        when (cause) {
            is TooLongFrameException -> tooBig()

            is CorruptedWebSocketFrameException -> violated(cause)

            // The second one is the end in the middle of a message of several frames.
            is IOException, is PrematureChannelClosureException -> socket.cut()

            else -> failed(cause)
        }
    }

    private fun failed(cause: Throwable) {
        logger.error("The connection of {} is cut", client ?: "a client", cause)
        socket.cut()
    }

    private fun violated(cause: CorruptedWebSocketFrameException) {
        val code = cause.closeStatus().code()
        if (code == Refusal.TOO_BIG) tooBig() else socket.close(code, cause.closeStatus().reasonText())
    }

    private fun tooBig() {
        context.pipeline().addFirst(Drain())
        socket.close(Refusal.TOO_BIG, "Frame too large: the limit is ${house.settings.maxFrameBytes} bytes")
    }

    private fun ended() {
        authTimer?.cancel(false)
        idleWatch?.stop()
        setUp?.cancel()
        while (true) (early.removeFirstOrNull() ?: break).release()
        context.channel().config().isAutoRead = true
        logger.debug("The connection of {} has ended", client ?: "a client that was not let in")
        client?.let(house.presence::left)
        house.sockets.remove(this)
    }

    private companion object {
        val logger: Logger = LoggerFactory.getLogger(SocketHandler::class.java)
        const val AUTH_TIMEOUT = "Authentication payload timeout"
        const val LONGEST_CREDENTIALS = 64 shl 10
    }
}
