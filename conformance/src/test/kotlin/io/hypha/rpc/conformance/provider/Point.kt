package io.hypha.rpc.conformance.provider

import io.hypha.rpc.value.Codec
import io.hypha.rpc.value.codec

/** A class that travels by a codec. */
internal class Point(
    val x: Double,
    val y: Double,
)

internal val pointCodec: Codec<Point> =
    codec(
        "point",
        { mapOf("x" to it.x, "y" to it.y) },
        { Point((it["x"] as Number).toDouble(), (it["y"] as Number).toDouble()) },
    )
