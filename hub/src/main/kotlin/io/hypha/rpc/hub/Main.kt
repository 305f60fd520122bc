package io.hypha.rpc.hub

import java.util.concurrent.CountDownLatch
import kotlin.system.exitProcess

/** The program `hypha-hub.jar`: runs one hub until it is told to end. */
public object Main {
    /**
     * Runs a hub as [args] say; `--help` lists them. Prints one line with the address when clients can connect. Ends with code 0
     * on SIGTERM and SIGINT, 1 when the hub cannot run, 2 when the arguments are wrong.
     */
    @JvmStatic
    public fun main(args: Array<String>) {
        // Only this program decides so; who embeds a hub has a log of its own.
        if (System.getProperty(LOG_LEVEL) == null) System.setProperty(LOG_LEVEL, "warn")
        val code = HubCommand(System.getenv(), System.out, System.err).run(args)
        if (code != null) exitProcess(code)
        // The threads of the hub do not keep a program alive; only a signal ends this one.
        CountDownLatch(1).await()
    }

    private const val LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel"
}
