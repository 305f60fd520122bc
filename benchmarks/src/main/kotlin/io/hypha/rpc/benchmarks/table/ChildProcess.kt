package io.hypha.rpc.benchmarks.table

import java.util.concurrent.CompletableFuture
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit.SECONDS
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.toKotlinDuration

/** A process that is told what to do line by line, and ends when its input does. */
internal class ChildProcess(
    private val name: String,
    command: List<String>,
) : AutoCloseable {
    private val process = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    private val input = process.outputStream.bufferedWriter()
    private val output = process.inputStream.bufferedReader()

    /** The processor time that it has used so far, in all its threads. */
    val cpu: Duration get() =
        process
            .info()
            .totalCpuDuration()
            .orElseThrow()
            .toKotlinDuration()

    /** The next line that it prints. */
    fun line(): String =
        try {
            CompletableFuture.supplyAsync(output::readLine).get(PATIENCE, SECONDS) ?: error("$name has ended")
        } catch (e: TimeoutException) {
            throw IllegalStateException("$name has not answered for $PATIENCE seconds", e)
        } catch (e: ExecutionException) {
            throw IllegalStateException("$name has ended", e)
        }

    fun ask(command: String): String {
        input.write("$command\n")
        input.flush()
        return line()
    }

    override fun close() {
        input.close()
        process.destroy()
        if (!process.waitFor(FAREWELL, SECONDS)) process.destroyForcibly()
    }

    companion object {
        private const val PATIENCE = 120L
        private const val FAREWELL = 5L

        /** The command for [mainClass] of this class path in a JVM of its own. */
        fun java(
            mainClass: String,
            vararg arguments: String,
        ): List<String> {
            val options = listOf("-Xmx1g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
            return listOf(javaProgram, "-cp", System.getProperty("java.class.path")) + options + mainClass + arguments
        }

        /** The Java that runs this. */
        val javaProgram: String = "${System.getProperty("java.home")}/bin/java"
    }
}
