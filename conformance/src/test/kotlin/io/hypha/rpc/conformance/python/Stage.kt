package io.hypha.rpc.conformance.python

import io.hypha.rpc.client.HyphaConnection
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope

/**
 * A Kotlin client, and a script that plays whom it talks to.
 *
 * @property recording what was recorded on the connection of the client in whose place the Kotlin client is.
 * @property played what was recorded on the connection of which the script plays a side.
 * @property settle waits until the Kotlin client has said what it has to say.
 */
internal class Stage(
    val recording: Recording,
    private val played: Recording,
    val script: Script,
    val connection: HyphaConnection,
    private val settle: suspend () -> Unit,
) {
    /** Runs [action] while [scenario] is played; returns when both are through. */
    suspend fun <T> during(
        scenario: String,
        action: suspend CoroutineScope.() -> T,
    ): T {
        val result =
            coroutineScope {
                val play = async { script.play(played.scenario(scenario)) }
                action().also { play.await() }
            }
        settle()
        script.shouldHaveHeardNothingElse()
        return result
    }

    /** Plays [scenario], in which the Kotlin client only answers. */
    suspend fun play(scenario: String) {
        during(scenario) {}
    }
}
