package io.hypha.rpc.benchmarks.table

import io.hypha.rpc.benchmarks.peer.HyphaPeer
import io.hypha.rpc.benchmarks.peer.JavaPeer
import io.hypha.rpc.benchmarks.relay.RelayPeer

/** Who is compared. */
internal object Rows {
    /** The row that the others are compared to. */
    const val REFERENCE = "JavaScript"

    /** A row, and the one with the same engine that it is compared to besides. */
    val pairs: Map<String, String> = mapOf("plain Java, CIO" to "Kotlin, CIO")

    fun all(
        hub: String,
        scripts: String,
    ): List<Row> =
        HyphaPeer.engines.keys.map { engine ->
            Row("Kotlin, $engine") { ChildProcess.java(HyphaPeer::class.java.name, engine, hub, *it) }
        } +
            pairs.keys.map { name -> Row(name) { ChildProcess.java(JavaPeer::class.java.name, hub, *it) } } +
            Row(REFERENCE) { listOf("node", "$scripts/peer.mjs", hub, *it) } +
            Row("raw frames") { ChildProcess.java(RelayPeer::class.java.name, hub, *it) }
}
