package io.hypha.rpc.conformance.python

/** The recorded conversations as a Kotlin client has them: on one connection, without what only the JavaScript client says. */
internal object Conversations {
    /** On the connection of the client that calls a Python provider. */
    val kotlinCallsPython: Recording =
        withoutCalls(Recording.javaScriptCallsPython.of("js-caller"), callsOnlyOfJavaScript)
            .edited({ it.scenario == "js get_service vec" && !it.isFromClient && it.args.firstOrNull() is Map<*, *> }, ::withGhosts)

    /** On the connection of the provider that a Python client calls. */
    val pythonCallsKotlin: Recording = withoutCalls(Recording.pythonCallsJavaScript.of("js-provider"), callsOnlyOfJavaScript)

    /** Sets the stage for a Kotlin caller that has fetched the Python provider's service. */
    fun callPython(
        table: DifferenceTable,
        test: suspend CallerStage.() -> Unit,
    ) = Stage.set(kotlinCallsPython, table, "js connects") {
        val id =
            recording
                .scenario("js get_service vec")
                .first()
                .args
                .first() as String
        val vec = during("js get_service vec") { connection.getService(script.names.now(id)) }
        CallerStage(this, vec).test()
    }

    private fun withoutCalls(
        recording: Recording,
        calls: List<UnmadeCall>,
    ) = calls.fold(recording) { rest, call -> rest.without(call.isMeant) }

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
