package io.hypha.rpc.service

import io.hypha.rpc.call.callback0
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.callAs
import io.hypha.rpc.testing.connectOver
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.transport.LinkedPair
import io.kotest.assertions.assertSoftly
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test

/**
 * Every caller against every kind of service and of function of the client `ws/alice`, whose manager is `manager-1` (protocol §3.6, §7.8, §9.3).
 * What is expected stands in the rules at the end, written from the protocol and not from the code.
 */
class PermissionMatrixTest {
    private class Caller(
        val from: String,
        val workspace: String = from.substringBefore('/'),
    ) {
        override fun toString() = "$from for $workspace"
    }

    private class Policy(
        val id: String,
        val visibility: Visibility,
        val authorized: List<String>? = null,
    )

    private enum class Kind { Function, NestedFunction, GetService, Callback, InterfaceFunction, NarrowInterfaceFunction }

    private val callers =
        listOf(
            Caller("ws/bob"),
            Caller("friends/dave"),
            Caller("other/carol"),
            Caller(BORROWER),
            Caller("far/stranger"),
            Caller("*/manager-1", "ws"),
            Caller("*/manager-1", "friends"),
            Caller("*/manager-1", "other"),
            Caller("*/manager-2", "ws"),
            Caller("*/manager-2", "other"),
        )

    private val policies =
        listOf(
            Policy("open", Visibility.Public),
            Policy("hidden", Visibility.Unlisted),
            Policy("own", Visibility.Protected),
            Policy("alone", Visibility.Protected, emptyList()),
            Policy("shared", Visibility.Protected, listOf("friends", "family")),
        )

    private fun define(policy: Policy) =
        service(policy.id) {
            visibility = policy.visibility
            authorizedWorkspaces = policy.authorized
            function("f") { "ran" }
            group("deep") { group("er") { function("f") { "ran" } } }
        }

    /** The paths of a callback and of two interface objects that are in the hands of [BORROWER]. */
    private fun pathsIn(call: Message) =
        mapOf(
            Kind.Callback to (call.args[0] as Map<*, *>)["_rmethod"] as String,
            Kind.InterfaceFunction to pathIn(call.args[1]),
            Kind.NarrowInterfaceFunction to pathIn(call.args[2]),
        )

    private fun pathIn(map: Any?) = ((map as Map<*, *>)["f"] as Map<*, *>)["_rmethod"] as String

    private fun withBorrower(test: suspend (peer: ScriptedPeer, lent: Map<Kind, String>) -> Unit) =
        runTest {
            val pair = LinkedPair(infoOf("alice"), infoOf("peer"), capacity = 1024)
            val alice: HyphaConnection = connectOver(pair.left)
            val peer = ScriptedPeer(pair.right, BORROWER)
            policies.forEach { alice.provideService(define(it)) }
            val service = peer.give(alice, "f")
            val wide = interfaceObject { function("f") { "ran" } }
            val narrow = interfaceObject(onlyAllowedCaller = true) { function("f") { "ran" } }
            val calling = async { service.call<Int>("f", callback0 { "ran" }, wide, narrow) }
            val call = peer.expect()
            test(peer, pathsIn(call))
            peer.resolve(call, 1)
            calling.await() shouldBe 1
            alice.close()
            alice.awaitClosed()
        }

    @Test
    fun `everybody reaches what the rules say, and is refused the rest with the protocol's words`() =
        withBorrower { peer, lent ->
            var rows = 0
            assertSoftly {
                for (caller in callers) {
                    for (policy in policies) {
                        for (kind in Kind.entries) {
                            withClue("$caller, service '${policy.id}', $kind") {
                                outcome(peer, caller, policy, kind, lent) shouldBe
                                    expected(caller, policy, kind, pathOf(policy, kind, lent))
                            }
                            rows++
                        }
                    }
                }
            }
            rows shouldBe callers.size * policies.size * Kind.entries.size
        }

    private fun pathOf(
        policy: Policy,
        kind: Kind,
        lent: Map<Kind, String>,
    ) = when (kind) {
        Kind.Function -> "services.${policy.id}.f"
        Kind.NestedFunction -> "services.${policy.id}.deep.er.f"
        Kind.GetService -> "services.built-in.get_service"
        else -> lent.getValue(kind)
    }

    private suspend fun outcome(
        peer: ScriptedPeer,
        caller: Caller,
        policy: Policy,
        kind: Kind,
        lent: Map<Kind, String>,
    ): String {
        val args = if (kind == Kind.GetService) listOf(policy.id) else emptyList()
        peer.callAs(caller.from, pathOf(policy, kind, lent), args, workspace = caller.workspace)
        val reply = peer.expect()
        reply.main["to"] shouldBe caller.from
        val answer = reply.args.single()
        return when {
            reply.method == "P1.reject" -> (answer as Map<*, *>)["_rvalue"] as String
            kind == Kind.GetService -> if ((answer as Map<*, *>)["id"] == policy.id) ALLOWED else "another service: $answer"
            else -> if (answer == "ran") ALLOWED else "another result: $answer"
        }
    }

    /** [ALLOWED], or the text of the refusal. */
    private fun expected(
        caller: Caller,
        policy: Policy,
        kind: Kind,
        path: String,
    ): String {
        val from = caller.from.substringBefore('/')
        val isOpen = policy.visibility != Visibility.Protected
        val isManager = caller.from == "*/manager-1"
        val authorized = policy.authorized ?: emptyList()
        val refused: String
        val isAllowed: Boolean
        when (kind) {
            Kind.Function, Kind.NestedFunction -> {
                isAllowed = isOpen || from == "ws" || isManager || from in authorized
                refused = "Permission denied for invoking protected method ${caller.from}:$path, workspace mismatch: ws != $from"
            }

            Kind.GetService -> {
                isAllowed = isOpen || caller.workspace == "ws" || caller.workspace in authorized
                refused = "Permission denied for getting protected service: ${policy.id}, workspace mismatch: ws != ${caller.workspace}"
            }

            Kind.Callback -> {
                isAllowed = caller.from == BORROWER
                refused = "Access denied for method call (${caller.from}:$path) from ${caller.from} to target $BORROWER"
            }

            Kind.InterfaceFunction -> {
                isAllowed = caller.from == BORROWER || from == "ws" || isManager
                refused = notBorrower(caller, path)
            }

            Kind.NarrowInterfaceFunction -> {
                isAllowed = caller.from == BORROWER
                refused = notBorrower(caller, path)
            }
        }
        return if (isAllowed) ALLOWED else refused
    }

    private fun notBorrower(
        caller: Caller,
        path: String,
    ) = "Permission denied for _rintf callback ${caller.from}:$path, caller ${caller.from} is not the allowed caller $BORROWER"

    private companion object {
        /** The client that a callback and the interface objects were sent to. */
        const val BORROWER = "far/pal"
        const val ALLOWED = "allowed"
    }
}
