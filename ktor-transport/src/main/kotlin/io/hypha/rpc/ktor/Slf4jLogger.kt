package io.hypha.rpc.ktor

import io.hypha.rpc.HyphaLogger
import org.slf4j.LoggerFactory

/**
 * Logs to SLF4J under the name `io.hypha.rpc`, which is what connections do unless they are given another logger. At the level info and above
 * nothing is said as long as nothing is amiss; at debug every call and every change of a connection's state can be followed.
 */
public object Slf4jLogger : HyphaLogger {
    private val logger = LoggerFactory.getLogger("io.hypha.rpc")

    override fun log(
        level: HyphaLogger.Level,
        message: String,
        cause: Throwable?,
    ): Unit =
        when (level) {
            HyphaLogger.Level.Debug -> logger.debug(message, cause)
            HyphaLogger.Level.Info -> logger.info(message, cause)
            HyphaLogger.Level.Warn -> logger.warn(message, cause)
            HyphaLogger.Level.Error -> logger.error(message, cause)
        }

    override fun isEnabled(level: HyphaLogger.Level): Boolean =
        when (level) {
            HyphaLogger.Level.Debug -> logger.isDebugEnabled
            HyphaLogger.Level.Info -> logger.isInfoEnabled
            HyphaLogger.Level.Warn -> logger.isWarnEnabled
            HyphaLogger.Level.Error -> logger.isErrorEnabled
        }
}
