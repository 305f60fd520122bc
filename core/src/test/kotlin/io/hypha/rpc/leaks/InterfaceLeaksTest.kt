package io.hypha.rpc.leaks

import io.hypha.rpc.call.param
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.interfaceObject
import io.hypha.rpc.testing.callAs
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.testing.withTwoClients
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration

/** What is left of interface objects that were lent. */
@OptIn(ExperimentalCoroutinesApi::class)
class InterfaceLeaksTest {
    @Test
    fun `peers that come, are lent interface objects and go leave nothing`() =
        withScriptedPeer({
            unpaced()
            callerGrace = Duration.ZERO
        }) { alice, peer ->
            val one = interfaceObject { function("f") { 1 } }
            alice.provide { function("borrow") { listOf(one, interfaceObject { function("g") { 2 } }) } }
            Endurance(this, listOf(alice), atOnce = 1).shouldLeaveNothing(repetitions(1000)) {
                peer.callAs("ws/guest-$it", "services.svc.borrow")
                peer.expect().method shouldBe "P1.resolve"
                one.ids.size shouldBe 1
                val gone = mapOf("id" to "guest-$it", "workspace" to "ws")
                peer.send(mapOf("type" to "client_disconnected", "to" to "*", "data" to gone))
                runCurrent()
                one.ids.size shouldBe 0
            }
        }

    @Test
    fun `interface objects that are passed, called and disposed of leave nothing`() =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide { function("use", param("it")) { it: RemoteService -> it.call<Int>("f").also { _ -> it.dispose() } } }
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(1000)) { number ->
                service.call<Int>("use", interfaceObject { function("f") { number } }) shouldBe number
            }
        }
}
