package io.hypha.rpc.conformance.python

/** How this library differs from the JavaScript client in whose place it is, whoever calls. */
internal val commonDifferences: List<AllowedDifference> =
    listOf(
        AllowedDifference("the one key that this library adds to references; others ignore it (protocol §2.6)") {
            key == "_rext" && recorded == Difference.Absent
        },
        AllowedDifference("JavaScript names the owner of a function by its bare client id, this library always in full (protocol §3.1)") {
            key == "_rtarget" && recorded is String && actual is String && actual.endsWith("/$recorded")
        },
        AllowedDifference("names, descriptions and schemas of functions are for people (protocol §3.1, §4.7)") {
            key in setOf("_rname", "_rdoc", "_rschema")
        },
        AllowedDifference(
            "JavaScript sends whole numbers as integers whatever their type; this library keeps a float a float (protocol §2.7)",
        ) {
            recorded is Long && actual is Double && recorded.toDouble() == actual
        },
        AllowedDifference(
            "`service_schema` describes the parameters of functions; JavaScript knows no more than their names (protocol §7.3)",
        ) {
            "service_schema" in path && recorded == Difference.Absent
        },
        AllowedDifference("the default of require_context is spelt out (protocol §7.2)") {
            key == "require_context" && recorded == Difference.Absent && actual == false
        },
        AllowedDifference("titles are for people (protocol §7.8)") {
            key == "name" && recorded.toString().startsWith("Built-in services for ") &&
                actual.toString().startsWith("Builtin services for ")
        },
        AllowedDifference("an absent description or documentation is nil (protocol §7.1)") {
            key in setOf("description", "docs") && recorded in setOf("", Difference.Absent) && actual == null
        },
    )
