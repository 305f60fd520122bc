package io.hypha.rpc.conformance.python

/** The recorded conversations as a Kotlin client has them: on one connection, without what only the JavaScript client says. */
internal object Conversations {
    /** On the connection of the client that calls a Python provider. */
    val kotlinCallsPython: Recording =
        ofKotlin(Recording.javaScriptCallsPython.of("js-caller"))
            .edited({ it.scenario == "js get_service vec" && !it.isFromClient && it.args.firstOrNull() is Map<*, *> }, ::withGhosts)

    /** On the connection of the provider that a Python client calls. */
    val pythonCallsKotlin: Recording = ofKotlin(Recording.pythonCallsJavaScript.of("js-provider"))

    /** On the connection of the Python provider that a Kotlin client calls through a hub. */
    val pythonProvider: Recording = ofKotlin(Recording.javaScriptCallsPython.of("py-provider")).withoutBeatsOfTheManager()

    /** On the connection of the Python client that calls a Kotlin provider through a hub. */
    val pythonCaller: Recording = ofKotlin(Recording.pythonCallsJavaScript.of("py-caller")).withoutBeatsOfTheManager()

    /** The manager of the reference server beats at once; that of this hub after one interval, so never for what is quick (protocol §3.5). */
    private fun Recording.withoutBeatsOfTheManager() =
        Recording(messages.filterNot { it.isHeartbeat && it.main["from"].toString().startsWith("*/") })

    /** Sets the stage for a Kotlin caller that has fetched the Python provider's service. */
    fun callPython(
        table: DifferenceTable,
        test: suspend CallerStage.() -> Unit,
    ) = onMemoryStage(kotlinCallsPython, table, "js connects") {
        val id =
            recording
                .scenario("js get_service vec")
                .first()
                .args
                .first() as String
        // The recorded caller keeps to what it has been given; it does not look for a service that has moved (protocol §7.7).
        val vec = during("js get_service vec") { connection.getService(script.names.now(id)) { follow = false } }
        CallerStage(this, vec).test()
    }

    private fun ofKotlin(recording: Recording): Recording =
        callsOnlyOfJavaScript.fold(recording) { rest, call -> rest.without(call.isMeant) }

    /** The recorded caller made up references to what does not exist; a Kotlin program gets every reference from a provider. */
    private fun withGhosts(args: List<Any?>): List<Any?> {
        val service = args.single() as Map<*, *>
        val kw = service["kw"] as Map<*, *>
        val nobody = kw["_rtarget"].toString().substringBefore('/') + "/no-such-client"
        val ghosts =
            mapOf(
                "nope" to kw + ("_rmethod" to "services.vec.nope"),
                "ghost" to kw + mapOf("_rmethod" to "services.vec.echo", "_rtarget" to nobody),
            )
        return listOf(service + ghosts)
    }
}
