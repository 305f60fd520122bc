package io.hypha.rpc.benchmarks.table

/**
 * Two processes, one client in each: a provider and a caller who talk through the hub. They stay alive for the whole run.
 *
 * @property name what the table calls them.
 * @param command the command of one of them, by its role and further arguments.
 */
internal class Row(
    val name: String,
    private val command: (arguments: Array<String>) -> List<String>,
) : AutoCloseable {
    private lateinit var provider: ChildProcess
    private lateinit var caller: ChildProcess
    private val rounds = ArrayList<Map<Column, Double>>()

    fun start() {
        provider = ChildProcess("the provider of $name", command(arrayOf("provider")))
        val address = greeting(provider)
        caller = ChildProcess("the caller of $name", command(arrayOf("caller", address)))
        greeting(caller)
    }

    private fun greeting(child: ChildProcess): String {
        val line = child.line()
        check(line.startsWith(READY)) { "unexpected: $line" }
        return line.removePrefix(READY).trim()
    }

    /** Does the whole load once; what it measures counts only if [counts]. */
    fun round(
        millis: Long,
        counts: Boolean,
    ) {
        val figures = HashMap<Column, Double>()
        figures[Column.OneAtATime] = run("calls", 1, millis).perSecond
        inFlight(millis, figures)
        figures[Column.Array] = run("arrays", 1, millis).perSecond * ARRAY_MEGABYTES
        figures[Column.Items] = run("items", 1, millis).perSecond
        if (counts) rounds += figures
    }

    private fun inFlight(
        millis: Long,
        figures: MutableMap<Column, Double>,
    ) {
        val allocated = allocated()
        val cpu = provider.cpu + caller.cpu
        val done = run("calls", IN_FLIGHT, millis)
        val usedCpu = provider.cpu + caller.cpu - cpu
        figures[Column.InFlight] = done.perSecond
        figures[Column.Cpu] = usedCpu.inWholeMicroseconds.toDouble() / done.count
        allocated()?.let { figures[Column.Allocated] = (it - checkNotNull(allocated)).toDouble() / done.count }
    }

    /** By both processes; null when they cannot tell. */
    private fun allocated(): Long? = listOf(provider, caller).map { it.ask("allocated").toLongOrNull() ?: return null }.sum()

    private fun run(
        what: String,
        inFlight: Int,
        millis: Long,
    ): Done {
        val (count, nanos) = caller.ask("$what $inFlight $millis").split(' ').map { it.toLong() }
        return Done(count, nanos)
    }

    /** The median of all rounds; null when there is nothing to tell. */
    fun median(column: Column): Double? {
        val values = rounds.mapNotNull { it[column] }.sorted()
        if (values.isEmpty()) return null
        return (values[(values.size - 1) / 2] + values[values.size / 2]) / 2
    }

    override fun close() {
        if (::caller.isInitialized) caller.close()
        if (::provider.isInitialized) provider.close()
    }

    private class Done(
        val count: Long,
        nanos: Long,
    ) {
        val perSecond = count * 1e9 / nanos
    }

    private companion object {
        const val READY = "ready"
        const val IN_FLIGHT = 64

        /** 8 MiB in millions of bytes; each array travels twice and is counted once. */
        const val ARRAY_MEGABYTES = 8.388608
    }
}
