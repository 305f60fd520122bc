package io.hypha.rpc.hostile

import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent

/**
 * Runs [attack] against the client `ws/alice` while a call of its own to `ws/bob` waits. Whatever happens meanwhile, the call gets its result,
 * another client's call is answered, and nothing is left.
 */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun withVictim(attack: suspend TestScope.(alice: HyphaConnection, eve: ScriptedPeer, waiting: String) -> Unit) =
    withScriptedPeer { alice, eve ->
        alice.provideService(
            service("open") {
                visibility = Visibility.Public
                function(
                    "echo",
                    io.hypha.rpc.call
                        .param("value"),
                ) { value: Any? -> value }
            },
        )
        alice.provideService(service("private") { function("secret") { check(false) { "nobody may run this" } } })
        val bob = eve.of("ws/bob")
        val service = bob.give(alice, "f")
        val result = async { service.call<String>("f") }
        val call = bob.expect()
        var hasPassed = false
        try {
            attack(alice, eve.of("other/eve"), call.session)
            hasPassed = true
        } finally {
            // Its failure would hide that of the attack.
            if (!hasPassed) result.cancel()
        }
        runCurrent()
        result.isCompleted shouldBe false
        bob.call("services.open.echo", listOf("hello"), session = "B1")
        bob.expectResult("B1") shouldBe "hello"
        bob.resolve(call, "from bob")
        result.await() shouldBe "from bob"
    }

/** Calls [method], with and without wanting a reply: the one is refused with the text that is returned, the other is met with silence. */
internal suspend fun ScriptedPeer.refused(
    method: String,
    vararg args: Any?,
): String {
    call(method, args.asList(), extra = emptyMap())
    expectNothing()
    call(method, args.asList())
    return expectRejection()
}
