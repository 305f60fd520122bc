package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.call.param
import io.hypha.rpc.service.InterfaceObject
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.interfaceObject
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.seconds

/** Interface objects (`_rintf`) between Kotlin and the real JavaScript client, in one workspace and across two (protocol §4.5). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaScriptInterfacesTest {
    private val stage = Stage.set { callerGrace = 1.seconds }
    private val kotlin = stage.kotlin
    private val near = Neighbour(stage.provider)
    private val far = Neighbour(stage.join("stage-two"))
    private val arrived = Channel<RemoteService>(Channel.UNLIMITED)

    init {
        runBlocking {
            kotlin.registerService("keeper") {
                visibility = Visibility.Public
                function("keep", param("object")) { received: RemoteService ->
                    arrived.send(received)
                    received.id
                }
            }
        }
    }

    @AfterAll
    fun end() {
        far.peer.close()
        stage.close()
    }

    private fun calling(test: suspend () -> Unit) {
        runBlocking {
            withTimeout(30.seconds) { test() }
            eventually(5.seconds) { kotlin.statistics.sessions shouldBe 0 }
        }
    }

    private fun counter(onlyAllowedCaller: Boolean = false): InterfaceObject {
        var count = 0
        return interfaceObject(onlyAllowedCaller) {
            function("next", param("by", default = 1)) { by: Int ->
                count += by
                count
            }
            function("caller") { context.from }
            value("limit", 5)
        }
    }

    private suspend fun RemoteService.kept(
        name: String,
        vararg args: Any?,
    ): Map<String, Any?> = call("callKept", name, *args)

    @Test
    fun `JavaScript keeps an object of Kotlin, calls it after the call that brought it, and disposes of it twice`() =
        calling {
            for (neighbour in listOf(near, far)) {
                withClue(neighbour.address) {
                    val service = neighbour.seenBy(kotlin)
                    val lent = counter()
                    val seen = service.call<Map<String, Any?>>("keep", lent)
                    seen["keys"] shouldBe listOf("_dispose", "_rintf", "_rintf_service_id", "caller", "limit", "next")
                    seen["marked"] shouldBe true
                    seen["id"] shouldBe lent.ids.single()
                    kotlin.statistics.sessions shouldBe 0
                    service.kept("next") shouldBe mapOf("value" to 1L)
                    service.kept("next", 5) shouldBe mapOf("value" to 6L)
                    service.kept("caller") shouldBe mapOf("value" to neighbour.address)
                    val id = lent.ids.single()
                    repeat(2) {
                        service.call<Map<String, Any?>>("disposeKept") shouldBe mapOf("value" to null)
                        lent.ids.shouldBeEmpty()
                    }
                    service.kept("next")["error"].toString() shouldContain
                        "Method expired or not found: ${neighbour.address}:services.$id.next"
                }
            }
        }

    @Test
    fun `Kotlin keeps an object of JavaScript that came as an argument, calls it and disposes of it`() =
        calling {
            for (neighbour in listOf(near, far)) {
                withClue(neighbour.address) {
                    val service = neighbour.seenBy(kotlin)
                    val before = service.call<Int>("lentCount")
                    val id = service.call<String>("lendTo", "${kotlin.workspace}/${kotlin.clientId}:keeper", "keep", 10)
                    val theirs = arrived.receive()
                    theirs.id shouldBe id
                    id shouldStartWith "_rintf_"
                    theirs.value("start") shouldBe 10L
                    theirs.functionNames() shouldBe listOf("next", "whoami")
                    theirs.call<Int>("next", 2) shouldBe 12
                    theirs.call<Int>("next") shouldBe 13
                    service.call<Int>("lentCount") shouldBe before + 1
                    repeat(2) { theirs.dispose() }
                    service.call<Int>("lentCount") shouldBe before
                    shouldThrow<MethodNotFoundException> { theirs.call<Int>("next") }
                }
            }
        }

    @Test
    fun `Kotlin keeps an object of JavaScript that came as a result, and close tells its owner`() =
        calling {
            val service = near.seenBy(kotlin)
            val before = service.call<Int>("lentCount")
            service.call<RemoteService>("lend", 3).use { it.call<Int>("next") shouldBe 4 }
            eventually(5.seconds) { service.call<Int>("lentCount") shouldBe before }
        }

    @Test
    fun `only the client that it was lent to and the owner's workspace call it, and only the client when it is narrow`() =
        calling {
            val other = Neighbour(stage.join("stage-three"))
            try {
                for (isNarrow in listOf(false, true)) {
                    val lent = counter(isNarrow)
                    far.seenBy(kotlin).call<Map<String, Any?>>("keep", lent)
                    val path = "services.${lent.ids.single()}.caller"
                    val me = "${kotlin.workspace}/${kotlin.clientId}"
                    far.callDirectly(me, path).value shouldBe JsonPrimitive(far.address)
                    val text = "Permission denied for _rintf callback ${other.address}:$path, "
                    other.callDirectly(me, path).error.orEmpty() shouldContain
                        text + "caller ${other.address} is not the allowed caller ${far.address}"
                    val inside = near.callDirectly(me, path)
                    if (isNarrow) {
                        inside.error.orEmpty() shouldContain "Permission denied for _rintf callback ${near.address}:$path"
                    } else {
                        inside.value shouldBe JsonPrimitive(near.address)
                    }
                    lent.dispose()
                }
            } finally {
                other.peer.close()
            }
        }

    @Test
    fun `it is in no list, and nobody gets it from the server`() =
        calling {
            val lent = counter()
            val service = near.seenBy(kotlin)
            service.call<Map<String, Any?>>("keep", lent)
            service.call<List<String>>("listed").filter { "_rintf_" in it }.shouldBeEmpty()
            near.use("${kotlin.clientId}:${lent.ids.single()}", "next").error.orEmpty() shouldContain "ervice not found"
            kotlin.unregisterService(lent.ids.single())
            service.kept("next")["error"].toString() shouldContain "Method expired or not found"
        }

    @Test
    fun `it ends when the JavaScript client leaves, in the same workspace and in another`() =
        calling {
            for (workspace in listOf(kotlin.workspace, "stage-four")) {
                withClue(workspace) {
                    val guest = Neighbour(stage.join(workspace))
                    val lent = counter()
                    val stays = counter()
                    try {
                        guest.seenBy(kotlin).call<Map<String, Any?>>("keep", lent)
                        near.seenBy(kotlin).call<Map<String, Any?>>("keep", stays)
                        lent.ids.size shouldBe 1
                    } finally {
                        guest.peer.close()
                    }
                    eventually(5.seconds) { lent.ids.shouldBeEmpty() }
                    near.seenBy(kotlin).kept("next")["value"] shouldNotBe null
                    stays.dispose()
                }
            }
        }
}
