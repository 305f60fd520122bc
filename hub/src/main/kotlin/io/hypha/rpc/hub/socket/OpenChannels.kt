package io.hypha.rpc.hub.socket

import io.netty.bootstrap.ServerBootstrap
import io.netty.channel.Channel
import io.netty.channel.ChannelHandlerContext
import io.netty.channel.ChannelInboundHandlerAdapter
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit

/**
 * The socket that a hub listens on, and all that came of it. What is accepted while the server's threads end is neither served nor closed by
 * the server, and whoever is at the other end waits for an answer in vain: so the hub stops listening first, and leaves no socket open.
 */
internal class OpenChannels {
    private val accepted: MutableSet<Channel> = ConcurrentHashMap.newKeySet()

    @Volatile
    private var listening: Channel? = null

    @Volatile
    private var isEnding = false

    /** Notes what the server that [bootstrap] makes listens on. */
    fun watch(bootstrap: ServerBootstrap) {
        bootstrap.handler(
            object : ChannelInboundHandlerAdapter() {
                override fun handlerAdded(context: ChannelHandlerContext) {
                    listening = context.channel()
                }
            },
        )
    }

    /** Somebody has connected. */
    fun add(channel: Channel) {
        accepted.add(channel)
        channel.closeFuture().addListener { accepted.remove(channel) }
        // Looked at when it is in the set, so that whoever ends everything at the same time sees one of the two.
        if (isEnding) channel.close()
    }

    /** From now on whoever tries to connect is refused. */
    fun stopListening() {
        listening?.close()?.await(LONGEST_WAIT, TimeUnit.MILLISECONDS)
    }

    fun closeAll() {
        isEnding = true
        accepted.map { it.close() }.forEach { it.await(LONGEST_WAIT, TimeUnit.MILLISECONDS) }
    }

    private companion object {
        const val LONGEST_WAIT = 500L
    }
}
