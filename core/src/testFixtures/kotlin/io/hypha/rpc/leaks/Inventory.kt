package io.hypha.rpc.leaks

import io.hypha.rpc.client.HyphaConnection
import kotlinx.coroutines.Job
import kotlinx.coroutines.job
import java.io.File
import java.io.IOException
import java.nio.file.Files

/** All that connections and the whole program hold at one moment, counted by kind. */
internal class Inventory private constructor(
    private val held: Map<String, Int>,
    private val objects: LiveObjects,
) {
    /**
     * What there is more of than [before], in words.
     *
     * @param times how often something was done in between. Of classes that are not this library's there may be some more objects, for a program
     * that runs loads and remembers one thing and another, but not as many as would be left by every second time.
     */
    fun growthSince(
        before: Inventory,
        times: Int,
    ): List<String> =
        grown(before.held, held, ::allowed) +
            grown(before.objects.counts(), objects.counts()) { if (isOurs(it)) FEW else maxOf(times / 2, SOME) }

    private fun grown(
        before: Map<String, Int>,
        after: Map<String, Int>,
        allowed: (String) -> Int,
    ): List<String> =
        after
            .filter { (kind, count) -> count - (before[kind] ?: 0) > allowed(kind) }
            .map { (kind, count) -> "$kind: ${before[kind] ?: 0} before, $count afterwards" }

    /** A connection has a coroutine more while messages wait to be sent. */
    private fun allowed(kind: String): Int =
        when {
            kind.startsWith("coroutines of ") -> 2
            " of " in kind -> 0
            kind == "sockets" -> SOCKETS
            "DefaultDispatcher" in kind -> WORKERS
            else -> FEW
        }

    /** Those of coroutines count as well, but not what each thread has for itself. */
    private fun isOurs(name: String) =
        "io.hypha.rpc." in name || ("kotlinx.coroutines." in name && "EventLoop" !in name && "kotlinx.coroutines.scheduling" !in name)

    companion object {
        /** Pools have more threads or fewer, and each thread may hold on to the last thing that it did. */
        private const val FEW = 16

        /** Fewer than there are connections in any test, so that one of each cannot hide. The runtime opens one of its own now and then. */
        private const val SOCKETS = 4

        /** The common pool of coroutines has as many threads as it ever needed at a time, and no more than this. */
        private const val WORKERS = 64

        /** What loading some more classes makes. */
        private const val SOME = 5000

        /** Counts what [connections] hold, and the threads, sockets and objects of the whole program. */
        fun take(connections: List<HyphaConnection> = emptyList()): Inventory {
            val held = LinkedHashMap<String, Int>()
            for (connection in connections) {
                val statistics = connection.statistics
                held["sessions of $connection"] = statistics.sessions
                held["incoming calls of $connection"] = statistics.incomingCalls
                held["long messages of $connection"] = statistics.longMessages
                held["coroutines of $connection"] = descendants(connection.coroutineContext.job)
            }
            held += threads()
            held["sockets"] = sockets()
            return Inventory(held, LiveObjects.count())
        }

        private fun descendants(job: Job): Int = job.children.sumOf { 1 + descendants(it) }

        /** Those of pools have numbers, and how many a pool has depends on how much it has to do. */
        private fun threads(): Map<String, Int> =
            Thread
                .getAllStackTraces()
                .keys
                .groupingBy { "threads '${it.name.replace(Regex("""\d+"""), "#")}'" }
                .eachCount()

        /** Where the system does not list them, they are not counted. */
        private fun sockets(): Int = File("/proc/self/fd").listFiles().orEmpty().count { "socket:" in targetOf(it) }

        /** One that was closed in this moment has none. */
        private fun targetOf(link: File): String =
            try {
                Files.readSymbolicLink(link.toPath()).toString()
            } catch (_: IOException) {
                ""
            }
    }
}
