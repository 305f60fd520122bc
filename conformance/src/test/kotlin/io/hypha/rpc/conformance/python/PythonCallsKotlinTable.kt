package io.hypha.rpc.conformance.python

/** How a Kotlin provider may differ from the recorded JavaScript provider. */
internal val pythonCallsKotlinTable: List<AllowedDifference> =
    commonDifferences +
        listOf(
            AllowedDifference("JavaScript has no integers beyond 53 bits and sends floats; here they stay exact (protocol §4.2)") {
                recorded is Double && actual is Long && recorded == actual.toDouble()
            },
            AllowedDifference("a handler that declares no type gets the bytes of a memory view, and so returns bytes (protocol §4.2)") {
                message.scenario == "py->js echo memoryview" && actual == (recorded as? Map<*, *>)?.get("_rvalue")
            },
            AllowedDifference("an array of one dimension travels as a typedarray, which both clients read (protocol §4.2)") {
                message.scenario.endsWith("ndarray") &&
                    (
                        (key == "_rtype" && recorded == "ndarray" && actual == "typedarray") ||
                            (key == "_rshape" && actual == Difference.Absent)
                    )
            },
            AllowedDifference("an error that only travels through gets no further prefixes here (protocol §3.8)") {
                message.scenario == "py->js echo exception" && key == "_rvalue" &&
                    recorded.toString().startsWith("Error: RemoteError: $actual\n")
            },
            AllowedDifference("a stack trace is of the language and the program that failed (protocol §3.8)") {
                key == "_rtrace"
            },
            AllowedDifference("an exception of Kotlin has another type than JavaScript's Error; its message is the same (protocol §3.8)") {
                key == "_rvalue" && recorded == "Error: nope" && actual == "IllegalStateException: nope"
            },
            AllowedDifference(
                "the functions of a stream answer only to whom they were sent, so it is handed on with functions of the sender's own",
            ) {
                message.scenario == "py->js echo BytesIO" && path.startsWith("args[0].")
            },
            AllowedDifference("JavaScript drops positional arguments that come with keywords; this library binds both (protocol §3.7)") {
                message.scenario == "py->js kwargs" && (actual == mapOf("a" to 9L, "b" to 5L, "c" to 33L)[key] || key == "kw")
            },
            AllowedDifference("the recorded provider looked for the context where it is not, and found nothing (protocol §9.1)") {
                message.scenario == "require_context" && recorded == null &&
                    (if (key == "from") "$actual".endsWith("/py-caller") else key == "rk" && "$actual".startsWith("anonymouz-"))
            },
            AllowedDifference("a call of a service function belongs to no session of its owner (protocol §3.3)") {
                path == "main.parent" && message.method.startsWith("services._rintf_") && actual == Difference.Absent
            },
            AllowedDifference(
                "a long reply is uploaded under a key of its own, and the call is kept alive by heartbeats alone (protocol §6.3)",
            ) {
                ".message_cache." in message.method && (path == "args[0]" || (recorded == true && actual == false))
            },
        )
