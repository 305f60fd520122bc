package io.hypha.rpc.benchmarks.table

import io.hypha.rpc.benchmarks.peer.HyphaPeer
import io.hypha.rpc.benchmarks.relay.RelayPeer

/** Who is compared. */
internal object Rows {
    /** The row that the others are compared to. */
    const val REFERENCE = "JavaScript"

    fun all(
        hub: String,
        scripts: String,
    ): List<Row> =
        HyphaPeer.engines.keys.map { engine ->
            Row("Kotlin, $engine") { ChildProcess.java(HyphaPeer::class.java.name, engine, hub, *it) }
        } +
            Row(REFERENCE) { listOf("node", "$scripts/peer.mjs", hub, *it) } +
            Row("raw frames") { ChildProcess.java(RelayPeer::class.java.name, hub, *it) }
}
