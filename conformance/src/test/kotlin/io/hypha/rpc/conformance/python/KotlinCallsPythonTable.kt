package io.hypha.rpc.conformance.python

/** How a Kotlin caller may differ from the recorded JavaScript caller. */
internal val kotlinCallsPythonTable: List<AllowedDifference> =
    commonDifferences +
        listOf(
            AllowedDifference("`promise` in its short form, with `t` beside it, means the same as the long form (protocol §3.4)") {
                (path == "promise" && recorded is Map<*, *> && actual == "*") ||
                    (path == "t" && recorded == Difference.Absent && actual == 15.0)
            },
            AllowedDifference("JavaScript always passes options to get_service, this library only if there are any (protocol §7.6)") {
                message.method == "services.default.get_service" && path == "args[1]" && recorded == emptyMap<String, Any?>()
            },
            AllowedDifference("a stream of bytes says what language it is from, and can be closed (protocol §4.4)") {
                key == "_rnative" || (path == "args[0].close" && recorded == Difference.Absent)
            },
            AllowedDifference("what a stream of bytes does not know is left out instead of nil (protocol §4.4)") {
                message.scenario.endsWith("Blob") && recorded == null && actual == Difference.Absent
            },
        )
