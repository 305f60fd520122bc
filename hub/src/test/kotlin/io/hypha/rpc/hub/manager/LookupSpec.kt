package io.hypha.rpc.hub.manager

import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.SelectionMode
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith

class LookupSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var provider: HyphaConnection
        lateinit var twin: HyphaConnection
        lateinit var stranger: HyphaConnection

        beforeSpec {
            test = TestHub()
            provider = test.connect("alice", "provider")
            twin = test.connect("alice", "twin")
            stranger = test.connect("bob", "stranger")
            for (client in listOf(provider, twin)) {
                client.registerService("both") {
                    visibility = Visibility.Public
                    function("who") { client.clientId }
                }
            }
            for (shown in Visibility.entries) {
                provider.registerService(shown.name.lowercase()) {
                    visibility = shown
                    type = "kind-${shown.name.lowercase()}"
                    function("snake_case") { "called" }
                }
            }
            provider.registerService("for-bob") {
                authorizedWorkspaces = listOf("ws-user-bob")
                function("f") { 1 }
            }
        }
        afterSpec { test.close() }

        suspend fun HyphaConnection.ids(query: Any? = null) = listServices(query).map { it.id }.filterNot { it.endsWith(":built-in") }

        test("a service is found by every form of its id") {
            for (id in listOf(
                "public",
                "provider:public",
                "ws-user-alice/public",
                "ws-user-alice/provider:public",
                "*:public",
                "public@*",
            )) {
                twin.getService(id).id shouldBe "ws-user-alice/provider:public"
            }
        }

        test("a service has an address and its workspace in its config, and its functions belong to the provider") {
            val service = twin.getService("public")
            service.config["workspace"] shouldBe "ws-user-alice"
            service.config["url"] shouldBe "${test.hub.url}/ws-user-alice/services/provider:public"
            service["snake_case"].toString() shouldBe "RemoteFunction(ws-user-alice/provider:services.public.snake_case)"
        }

        test("the config may be the second argument or a keyword") {
            for (mode in listOf("first", "last")) {
                val config = mapOf("mode" to mode)
                val expected = if (mode == "first") "provider" else "twin"
                val byPosition = stranger.manager.call<Map<String, Any?>>("get_service", "ws-user-alice/both", config)
                val byName =
                    stranger.manager.call<Map<String, Any?>>("get_service", "ws-user-alice/both", kwargs = mapOf("config" to config))
                byPosition["id"] shouldBe "ws-user-alice/$expected:both"
                byName["id"] shouldBe "ws-user-alice/$expected:both"
            }
        }

        test("several services of one name are an error, unless a mode says which") {
            shouldThrow<RemoteException> { provider.getService("both") }.message!! shouldStartWith
                "ValueError: Multiple services found for ws-user-alice/*:both@*"
            val seen = List(40) { provider.getService("both") { mode = SelectionMode.Random }.id }.toSet()
            seen shouldBe setOf("ws-user-alice/provider:both", "ws-user-alice/twin:both")
        }

        test("a service that does not exist is a KeyError") {
            val error = shouldThrow<ServiceNotFoundException> { provider.getService("nope") }
            error.message shouldBe "Service not found: ws-user-alice/*:nope@*"
        }

        test("protected services are for the own workspace and for those that they name") {
            provider.getService("protected").call<String>("snake_case") shouldBe "called"
            stranger.getService("ws-user-alice/for-bob").call<Int>("f") shouldBe 1
            shouldThrow<PermissionDeniedException> { stranger.getService("ws-user-alice/protected") }.message!! shouldContain
                "Permission denied for non-public service in workspace ws-user-alice"
            stranger.getService("ws-user-alice/unlisted").call<String>("snake_case") shouldBe "called"
        }

        test("lists show everything in the own workspace but what is unlisted, and what is public elsewhere") {
            provider.ids().map { it.substringAfter(':') } shouldContainExactlyInAnyOrder
                listOf("both", "both", "public", "protected", "for-bob")
            stranger.ids("ws-user-alice").map { it.substringAfter(':') } shouldContainExactlyInAnyOrder
                listOf("both", "both", "public", "for-bob")
            stranger.ids("*").map { it.substringAfter(':') } shouldContainExactlyInAnyOrder listOf("both", "both", "public", "for-bob")
            val withUnlisted =
                provider.manager.call<List<Map<String, Any?>>>("list_services", kwargs = mapOf("include_unlisted" to true))
            withUnlisted.map { it["id"] } shouldContain "ws-user-alice/provider:unlisted"
        }

        test("lists can be asked for by the parts of an id, the type and the visibility") {
            provider.ids(mapOf("type" to "kind-p*")).map { it.substringAfter(':') } shouldContainExactlyInAnyOrder
                listOf("public", "protected")
            provider.ids(mapOf("client_id" to "twin")) shouldBe listOf("ws-user-alice/twin:both")
            provider.ids(mapOf("visibility" to "public", "service_id" to "p*")) shouldBe listOf("ws-user-alice/provider:public")
            shouldThrow<PermissionDeniedException> {
                stranger.manager.call<Any?>("list_services", "ws-user-alice", kwargs = mapOf("include_unlisted" to true))
            }.message!! shouldContain "Cannot include unlisted services from workspace ws-user-alice."
            provider.ids("provider:public") shouldBe listOf("ws-user-alice/provider:public")
            shouldThrow<RemoteException> { provider.manager.call<Any?>("list_services", mapOf("colour" to "red")) }.message shouldBe
                "ValueError: Invalid query keys: colour"
        }

        test("guests do not learn who else is invited") {
            val info = stranger.manager.call<Map<String, Any?>>("get_service_info", "ws-user-alice/for-bob")
            info["id"] shouldBe "ws-user-alice/provider:for-bob"
            info["_rtype"] shouldBe "pydantic-model"
            (info["config"] as Map<*, *>).containsKey("authorized_workspaces") shouldBe false
        }

        test("names can be asked for in another case, at every level") {
            val camel = twin.manager.call<Map<String, Any?>>("get_service", "public", mapOf("case_conversion" to "camel"))
            camel.containsKey("snakeCase") shouldBe true
            camel.containsKey("snake_case") shouldBe false
        }

        test("a tilde is the manager itself") {
            for (id in listOf("~", "ws-user-bob/~")) provider.getService(id).call<Int>("echo", 5) shouldBe 5
            val info = provider.manager.call<Map<String, Any?>>("get_service_info", "~")
            info["id"] shouldBe "*/${test.hub.managerId}:default"
            (info["service_schema"] as Map<*, *>).containsKey("create_workspace") shouldBe true
        }

        test("a read-only client finds and calls services, and registers none") {
            test.hub.createWorkspace("lab-1")
            val writer = test.connect("carol", "writer", "lab-1")
            val reader = test.connect("dave", "reader", "lab-1", WorkspacePermission.Read)
            writer.registerService("svc") { function("f") { 7 } }
            reader.getService("svc").call<Int>("f") shouldBe 7
            shouldThrow<PermissionDeniedException> { reader.registerService("mine") { } }.message!! shouldContain
                "Permission denied for workspace lab-1"
            shouldThrow<PermissionDeniedException> { reader.echo(1) }
        }

        test("a service is gone after it was withdrawn, and when its client left") {
            val client = test.connect("erin", "client")
            val other = test.connect("erin", "other")
            client.registerService("one") { function("f") { 1 } }
            client.registerService("two") { function("f") { 2 } }
            client.unregisterService("one")
            shouldThrow<ServiceNotFoundException> { other.getService("one") }
            other.getService("two")
            client.close()
            client.awaitClosed()
            shouldThrow<ServiceNotFoundException> { waitUntilGone { other.getService("two") } }
        }

        test("only its own client can withdraw a service") {
            shouldThrow<PermissionDeniedException> { twin.manager.call<Any?>("unregister_service", "provider:public") }
            shouldThrow<ServiceNotFoundException> { twin.manager.call<Any?>("unregister_service", "public") }
        }
    })

/** The end of a connection reaches the hub a moment later than the client. */
private suspend fun waitUntilGone(attempt: suspend () -> Unit) {
    repeat(1_000) {
        attempt()
        kotlinx.coroutines.yield()
    }
}
