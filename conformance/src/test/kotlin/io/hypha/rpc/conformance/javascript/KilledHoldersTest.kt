package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.param
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.interfaceObject
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.seconds

/** Interface objects whose holder or owner goes without a word (protocol §4.5). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledHoldersTest {
    private val stage = Stage.set { callerGrace = 1.seconds }
    private val kotlin = stage.kotlin

    @AfterAll
    fun end() {
        stage.close()
    }

    private fun testing(test: suspend () -> Unit) {
        runBlocking { withTimeout(60.seconds) { test() } }
    }

    @Test
    fun `an object of Kotlin ends when the JavaScript process that holds it is killed, and other holders keep theirs`() =
        testing {
            val staying = Neighbour(stage.provider)
            for (workspace in listOf(kotlin.workspace, "killed-guests")) {
                withClue(workspace) {
                    val victim = Neighbour(stage.join(workspace))
                    val lent = interfaceObject { function("next") { 1 } }
                    victim.seenBy(kotlin).call<Map<String, Any?>>("keep", lent)
                    val idOfVictim = lent.ids.single()
                    staying.seenBy(kotlin).call<Map<String, Any?>>("keep", lent)
                    lent.ids shouldHaveSize 2
                    victim.peer.kill()
                    eventually(10.seconds) { lent.ids shouldHaveSize 1 }
                    (idOfVictim in lent.ids) shouldBe false
                    staying.seenBy(kotlin).call<Map<String, Any?>>("callKept", "next") shouldBe mapOf("value" to 1L)
                    lent.dispose()
                    victim.peer.close()
                }
            }
            kotlin.statistics.sessions shouldBe 0
        }

    @Test
    fun `an object of JavaScript cannot be called once its process is killed, and disposing of it is fine`() =
        testing {
            for (workspace in listOf(kotlin.workspace, "killed-owners")) {
                withClue(workspace) {
                    val owner = Neighbour(stage.join(workspace))
                    val theirs = owner.seenBy(kotlin).call<RemoteService>("lend", 3)
                    theirs.call<Int>("next") shouldBe 4
                    owner.peer.kill()
                    shouldThrow<HyphaException> { withTimeout(9.seconds) { theirs.call<Int>("next") } }
                    theirs.dispose()
                    theirs.dispose()
                    owner.peer.close()
                }
            }
        }

    @Test
    fun `an object of JavaScript ends when the Kotlin client that holds it leaves`() =
        testing {
            val owner = Neighbour(stage.provider)
            val guest =
                connectToServer(stage.url) {
                    token = stage.token
                    workspace = kotlin.workspace
                }
            val received = CompletableDeferred<RemoteService>()
            guest.registerService("keeper") {
                visibility = Visibility.Public
                function("keep", param("object")) { lent: RemoteService -> received.complete(lent) }
            }
            val service = owner.seenBy(kotlin)
            val before = service.call<Int>("lentCount")
            service.call<Any?>("lendTo", "${guest.workspace}/${guest.clientId}:keeper", "keep", 1)
            received.await().call<Int>("next") shouldBe 2
            service.call<Int>("lentCount") shouldBe before + 1
            guest.close()
            guest.awaitClosed()
            eventually(10.seconds) { service.call<Int>("lentCount") shouldBe before }
        }

    @Test
    fun `an object of Kotlin ends with its connection, and JavaScript is told so at once`() =
        testing {
            val holder = Neighbour(stage.provider)
            val owner = connectToServer(stage.url) { token = stage.token.also { workspace = kotlin.workspace } }
            val lent = interfaceObject { function("next") { 1 } }
            holder.seenBy(owner).call<Map<String, Any?>>("keep", lent)
            val service = holder.seenBy(kotlin)
            service.call<Map<String, Any?>>("callKept", "next") shouldBe mapOf("value" to 1L)
            owner.close()
            owner.awaitClosed()
            lent.ids.shouldBeEmpty()
            val answer = withTimeout(9.seconds) { service.call<Map<String, Any?>>("callKept", "next") }
            (answer["error"] != null) shouldBe true
        }
}
