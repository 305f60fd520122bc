package io.hypha.rpc.hub

import org.slf4j.Logger

/**
 * The log of the HTTP server. What it tells of its own start is of no use to a program that embeds a hub, and goes to [log] as details.
 */
internal class ServerLog(
    private val log: Logger,
) : Logger by log {
    override fun info(message: String?) = log.debug(message)
}
