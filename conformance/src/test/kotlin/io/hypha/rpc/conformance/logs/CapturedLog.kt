package io.hypha.rpc.conformance.logs

import io.hypha.rpc.HyphaLogger
import java.util.concurrent.ConcurrentLinkedQueue

/** Keeps every line, with the trace that came with it. */
internal class CapturedLog : HyphaLogger {
    class Line(
        val level: HyphaLogger.Level,
        val text: String,
        val trace: String?,
    ) {
        override fun toString(): String = listOfNotNull("$level $text", trace).joinToString("\n")
    }

    val lines = ConcurrentLinkedQueue<Line>()

    override fun log(
        level: HyphaLogger.Level,
        message: String,
        cause: Throwable?,
    ) {
        lines += Line(level, message, cause?.stackTraceToString())
    }

    /** What people see who did not ask for more. */
    val loud: List<Line> get() = lines.filter { it.level > HyphaLogger.Level.Debug }

    fun debug(part: String): List<String> = lines.filter { it.level == HyphaLogger.Level.Debug && part in it.text }.map { it.text }
}
