package io.hypha.rpc.conformance.python

import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.value.shape
import io.kotest.matchers.shouldBe

/**
 * Recorded scenarios in a row, and what a Kotlin program does in them.
 *
 * @property scenarios in their order; those before the last one are what it builds on.
 * @property remark in what the Kotlin program differs from the recorded one, if it does.
 */
internal class KotlinCall(
    val scenarios: List<String>,
    private val remark: String? = null,
    val perform: suspend CallerStage.() -> Unit,
) {
    constructor(scenario: String, perform: suspend CallerStage.() -> Unit) : this(listOf(scenario), null, perform)

    val name: String get() = listOfNotNull(scenarios.last(), remark).joinToString(": ")
}

/** A Kotlin program in the place of the recorded JavaScript caller, with the Python provider's service. */
internal class CallerStage(
    val stage: Stage,
    val vec: RemoteService,
) {
    /** The call that the recorded caller made in [scenario]. */
    fun callIn(scenario: String): RecordedMessage {
        val calls = stage.recording.scenario(scenario).filter { it.isFromClient && it.session != null }
        return calls.firstOrNull { it.kind == RecordedMessage.Kind.Long } ?: calls.first()
    }

    /** The recorded reply to [call], with today's names. */
    fun replyTo(call: RecordedMessage): RecordedMessage =
        stage.recording.scenario(call.scenario).first { it.method == "${call.session}.resolve" || it.method == "${call.session}.reject" }

    /** The first argument of the reply to the call in [scenario]: its result, as it went over the wire. */
    fun resultIn(scenario: String): Any? = stage.script.names.translated(replyTo(callIn(scenario)).args.first())

    suspend fun <T> during(
        scenario: String,
        action: suspend () -> T,
    ): T = stage.during(scenario) { action() }

    /** Makes the recorded call of [function] with the recorded arguments; the result must be the recorded one. */
    suspend fun repeat(
        scenario: String,
        function: String,
    ) {
        val call = callIn(scenario)
        val values = call.args.map(::programValue)
        val hasKeywords = call.payload["with_kwargs"] == true
        val keywords = if (hasKeywords) values.last() as Map<*, *> else emptyMap<String, Any?>()
        val result =
            during(scenario) {
                vec.call(
                    function,
                    shape<Any?>(),
                    if (hasKeywords) values.dropLast(1) else values,
                    keywords.entries.associate { (name, value) -> name as String to value },
                )
            }
        result shouldBe receivedValue(resultIn(scenario))
    }
}
