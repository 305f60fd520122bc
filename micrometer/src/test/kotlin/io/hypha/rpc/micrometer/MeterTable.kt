package io.hypha.rpc.micrometer

import io.micrometer.core.instrument.Meter
import io.micrometer.core.instrument.MeterRegistry

/** The meters of a registry as docs/metrics.md lists them. */
internal object MeterTable {
    val HEAD = listOf("| meter | kind | tags | what it says |", "|---|---|---|---|")

    fun of(registry: MeterRegistry): List<String> =
        registry.meters
            .sortedBy { it.id.name }
            .map(::row)
            .distinct()

    private fun row(meter: Meter): String {
        val id = meter.id
        val kind = id.type.name.lowercase() + (id.baseUnit?.takeIf { it != "seconds" }?.let { " of $it" } ?: "")
        val tags = id.tags.joinToString(", ") { "`${it.key}`" }
        return "| `${id.name}` | $kind | $tags | ${id.description} |".replace("|  |", "| |")
    }
}
