package io.hypha.rpc.benchmarks.table

/**
 * What the table says of each pair of clients.
 *
 * @property title its heading.
 * @property decimals how many digits after the point are worth printing.
 */
internal enum class Column(
    val title: String,
    val decimals: Int,
) {
    OneAtATime("calls/s, one at a time", 0),
    InFlight("calls/s, 64 in flight", 0),
    Array("8 MiB array echo, MB/s", 0),
    Items("stream items/s", 0),
    Cpu("CPU ms per 1,000 calls", 1),
    Allocated("bytes allocated per call", 0),
}
