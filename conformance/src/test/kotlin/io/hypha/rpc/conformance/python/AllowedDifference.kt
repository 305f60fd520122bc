package io.hypha.rpc.conformance.python

/** A way in which this library may differ from what was recorded, and why that is right. */
internal class AllowedDifference(
    val reason: String,
    val fits: Difference.() -> Boolean,
)
