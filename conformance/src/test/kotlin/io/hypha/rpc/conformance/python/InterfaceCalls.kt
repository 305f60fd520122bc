package io.hypha.rpc.conformance.python

import io.hypha.rpc.call.callback
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch

/**
 * Interface objects, `_rintf` (protocol §4.5): this client does not make them. Plain callbacks in their place serve until the call ends;
 * a provider that keeps them is refused clearly.
 */
internal val interfaceCalls: List<KotlinCall> =
    listOf(
        KotlinCall(listOf("js _rintf kept by py"), "with a plain callback, for this client makes no interface objects") { keep() },
        KotlinCall(listOf("js _rintf kept by py", "js _rintf used after return"), "refused, for a plain callback ends with its call") {
            keep()
            useAfterReturn()
        },
    )

private suspend fun CallerStage.keep() {
    val values = mapOf("_rintf" to true, "getItem" to callback { key: String -> "v-$key" })
    val (call, rest) = stage.recording.scenario("js _rintf kept by py").let { it.first() to it.drop(1) }
    val result =
        coroutineScope {
            val keeping = async { vec.call<String>("keep", values) }
            val actual = stage.script.listenFor(call)
            stage.script.names.bind(pathOfGetItem(call.args), pathOfGetItem(actual.args))
            stage.script.play(rest)
            keeping.await()
        }
    result shouldBe "v-k1"
}

private suspend fun CallerStage.useAfterReturn() {
    val messages = stage.recording.scenario("js _rintf used after return")
    val use = messages.first { it.method.endsWith(".getItem") }
    coroutineScope {
        val calling = launch { vec.call<String>("use_kept", "k2") }
        stage.script.play(messages.takeWhile { it != use })
        stage.script.say(use)
        val refusal = stage.script.next("the refusal of an expired callback")
        refusal.method shouldBe "${use.session}.reject"
        val error = refusal.args.single() as Map<*, *>
        error["_rvalue"].toString() shouldStartWith "Session not found: "
        calling.cancel()
    }
}

private fun pathOfGetItem(args: List<Any?>): String = ((args.single() as Map<*, *>)["getItem"] as Map<*, *>)["_rmethod"] as String
