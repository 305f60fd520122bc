package io.hypha.rpc.hub

import picocli.CommandLine
import picocli.CommandLine.ParameterException
import java.io.PrintStream
import java.io.UncheckedIOException

/**
 * The command line of the hub.
 *
 * @param environment where secrets come from: arguments can be read by every user of the machine.
 */
internal class HubCommand(
    private val environment: Map<String, String>,
    private val out: PrintStream,
    private val err: PrintStream,
) {
    /** The exit code, or null when a hub is running now, which a hook will close. */
    fun run(args: Array<String>): Int? {
        val commandLine = CommandLine(HubArguments.spec())
        val options =
            try {
                val parsed = commandLine.parseArgs(*args)
                if (parsed.isUsageHelpRequested) {
                    commandLine.usage(out)
                    return OK
                }
                HubArguments.options(parsed, environment)
            } catch (e: ParameterException) {
                return fail(e.message, WRONG_ARGUMENTS)
            } catch (e: IllegalArgumentException) {
                return fail(e.message, WRONG_ARGUMENTS)
            }
        return try {
            start(options)
            null
        } catch (e: UncheckedIOException) {
            fail(e.message, FAILED)
        }
    }

    private fun start(options: HubOptions) {
        val hub = HyphaHub.start(options)
        Runtime.getRuntime().addShutdownHook(
            Thread {
                hub.close()
                // A virtual machine that a signal ended would report the signal; this was an orderly end.
                Runtime.getRuntime().halt(OK)
            },
        )
        out.println("Hypha hub is ready at ${hub.url}")
        out.flush()
    }

    private fun fail(
        message: String?,
        code: Int,
    ): Int {
        err.println("hypha-hub: ${message.orEmpty().lineSequence().first()}")
        return code
    }

    private companion object {
        const val OK = 0
        const val FAILED = 1
        const val WRONG_ARGUMENTS = 2
    }
}
