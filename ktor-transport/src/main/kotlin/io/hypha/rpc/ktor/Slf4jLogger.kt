package io.hypha.rpc.ktor

import io.hypha.rpc.HyphaLogger
import org.slf4j.LoggerFactory
import org.slf4j.event.Level

/** Logs to SLF4J under the name `io.hypha.rpc`: `connectToServer(url) { logger = Slf4jLogger }`. */
public object Slf4jLogger : HyphaLogger {
    private val logger = LoggerFactory.getLogger("io.hypha.rpc")

    override fun log(
        level: HyphaLogger.Level,
        message: String,
        cause: Throwable?,
    ) {
        logger.atLevel(levels.getValue(level)).setCause(cause).log(message)
    }

    private val levels =
        mapOf(
            HyphaLogger.Level.Debug to Level.DEBUG,
            HyphaLogger.Level.Info to Level.INFO,
            HyphaLogger.Level.Warn to Level.WARN,
            HyphaLogger.Level.Error to Level.ERROR,
        )
}
