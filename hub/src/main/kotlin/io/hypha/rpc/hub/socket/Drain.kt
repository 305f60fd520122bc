package io.hypha.rpc.hub.socket

import io.netty.channel.ChannelHandlerContext
import io.netty.channel.ChannelInboundHandlerAdapter
import io.netty.util.ReferenceCountUtil

/** Drops all that still comes in on a connection whose bytes make no sense any more. */
internal class Drain : ChannelInboundHandlerAdapter() {
    override fun channelRead(
        context: ChannelHandlerContext,
        message: Any,
    ) {
        ReferenceCountUtil.release(message)
    }
}
