package io.hypha.rpc.hub.manager

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.RawClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith

class TokensAndWorkspacesSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var alice: HyphaConnection

        beforeSpec {
            test = TestHub()
            alice = test.connect("alice", "first")
        }
        afterSpec { test.close() }

        suspend fun token(vararg config: Pair<String, Any?>): String = alice.manager.call("generate_token", mapOf(*config))

        test("a generated token opens the workspace to a child of the user, with no more than was asked for") {
            val reader = test.connectWith("reader", token("permission" to "read"))
            reader.workspace shouldBe "ws-user-alice"
            reader.user.entries["parent"] shouldBe "alice"
            reader.user.id shouldNotBe "alice"
            reader.user.scope.workspaces shouldBe mapOf("ws-user-alice" to WorkspacePermission.Read)
            shouldThrow<PermissionDeniedException> { reader.registerService("svc") { } }
            shouldThrow<PermissionDeniedException> { reader.manager.call<String>("generate_token") }
        }

        test("explicit nils in a request for a token are as good as nothing") {
            token("extra_scopes" to null, "client_id" to null, "expires_in" to null, "workspace" to null) shouldContain "."
        }

        test("a token for one client is good for that client only") {
            val token = token("client_id" to "only-me")
            shouldThrow<AuthenticationException> { test.connectWith("other", token) }.message!! shouldContain
                "Client id mismatch: this token is restricted to client with client_id='only-me'"
            test.connectWith("only-me", token).clientId shouldBe "only-me"
        }

        test("a token for special purposes cannot be used for connecting") {
            val error = shouldThrow<AuthenticationException> { test.connectWith("x", token("extra_scopes" to listOf("file:download"))) }
            error.message!! shouldContain "Specialized token with scopes [file:download]"
        }

        test("a scope cannot be smuggled into a token") {
            val attempts =
                listOf(
                    "client_id" to "x ws:*#a",
                    "workspace" to "ws-user-alice ws:*#a",
                    "extra_scopes" to listOf("x ws:*#a"),
                    "extra_scopes" to listOf("ws:*#a"),
                    "permission" to "root",
                    "expires_in" to -5,
                )
            for (attempt in attempts) shouldThrow<HyphaException> { token(attempt) }
        }

        test("a token for another workspace needs an administrator of it") {
            shouldThrow<PermissionDeniedException> { token("workspace" to "ws-user-bob") }
            shouldThrow<PermissionDeniedException> { token("workspace" to "*") }
        }

        test("a token tells who it is for, until it is revoked") {
            val token = token("permission" to "admin")
            val user = alice.manager.call<Map<String, Any?>>("parse_token", token)
            user["parent"] shouldBe "alice"
            (user["scope"] as Map<*, *>)["workspaces"] shouldBe mapOf("ws-user-alice" to "a")
            alice.manager.call<Any?>("revoke_token", token)
            shouldThrow<RemoteException> { alice.manager.call<Any?>("parse_token", token) }.message shouldBe
                "ValueError: Token has been revoked"
            shouldThrow<AuthenticationException> { test.connectWith("x", token) }.message!! shouldContain "Token has been revoked"
        }

        test("with a revoked token one does not reconnect either, but stays where one is") {
            val token = token("permission" to "admin")
            val sockets = RawClients()
            val inside = sockets.join(test.hub, """{"client_id":"inside","token":"$token"}""")
            alice.manager.call<Any?>("revoke_token", token)
            inside.send("""{"type":"ping"}""")
            inside.text() shouldBe """{"type":"pong"}"""
            val back = sockets.open(test.hub)
            back.send("""{"client_id":"inside","reconnection_token":"${inside.token}"}""")
            back.refusal().first shouldContain "Token has been revoked"
            sockets.close()
        }

        test("only administrators of the server choose the email of a token, for emails may own workspaces") {
            shouldThrow<PermissionDeniedException> { token("email" to "owner@example.org") }.message!! shouldContain
                "Only callers with the 'admin' role may set the email of a token"
        }

        test("an administrator's tokens do not inherit that the administrator may do everything") {
            val secret = "root-token-of-at-least-32-characters"
            val rooted = TestHub { rootToken = secret }
            val root = rooted.connectWith("root", secret)
            root.workspace shouldBe "ws-user-root"
            val token = root.manager.call<String>("generate_token", mapOf("permission" to "read"))
            val reader = rooted.connectWith("reader", token)
            reader.user.roles shouldBe emptyList()
            shouldThrow<PermissionDeniedException> { reader.manager.call<Any?>("list_clients", "ws-user-alice") }
            rooted.close()
        }

        test("a registered user makes workspaces, joins them and lists them") {
            val created = alice.manager.call<Map<String, Any?>>("create_workspace", mapOf("id" to "lab-7", "description" to "ours"))
            created["owners"] shouldBe listOf("alice")
            val inside = test.connectWith("inside", test.hub.createToken("alice"), workspace = "lab-7")
            inside.workspace shouldBe "lab-7"
            val listed = alice.manager.call<List<Map<String, Any?>>>("list_workspaces")
            listed.map { it["id"] } shouldContainExactly listOf("ws-user-alice", "lab-7")
            alice.manager.call<Map<String, Any?>>("get_workspace_info", "lab-7")["description"] shouldBe "ours"
            shouldThrow<RemoteException> { alice.manager.call<Any?>("create_workspace", mapOf("id" to "lab-7")) }.message shouldBe
                "ValueError: Workspace already exists: lab-7"
            shouldThrow<HyphaException> {
                test.connectWith("x", test.hub.createToken("bob", permission = WorkspacePermission.Admin), workspace = "lab-7")
            }
        }

        test("anonymous users make no workspaces") {
            val anonymous = test.connectWith("anonymous", null)
            anonymous.workspace shouldStartWith "ws-user-anonymouz-"
            shouldThrow<PermissionDeniedException> { anonymous.manager.call<Any?>("create_workspace", mapOf("id" to "lab-9")) }
                .message!! shouldContain "Only registered user can create workspace."
        }

        test("a deleted workspace cannot be joined, and only its owners delete it") {
            alice.manager.call<Any?>("create_workspace", mapOf("id" to "lab-8"))
            val bob = test.connect("bob", "bob")
            shouldThrow<PermissionDeniedException> { bob.manager.call<Any?>("delete_workspace", "lab-8") }
            alice.manager.call<Any?>("delete_workspace", "lab-8")
            shouldThrow<AuthenticationException> {
                test.connectWith("x", test.hub.createToken("alice"), workspace = "lab-8")
            }.message!! shouldContain "'Workspace lab-8 does not exist or is not accessible'"
        }

        test("clients are listed, pinged and summed up") {
            val eve = test.connect("eve", "one")
            test.connect("eve", "two")
            val clients = eve.manager.call<List<Map<String, Any?>>>("list_clients")
            clients.map { it["id"] } shouldContainExactly listOf("ws-user-eve/one", "ws-user-eve/two")
            (clients[0]["user"] as Map<*, *>)["id"] shouldBe "eve"
            eve.manager.call<String>("ping", "two") shouldBe "pong"
            eve.manager.call<String>("ping", "nobody") shouldStartWith "Failed to ping client ws-user-eve/nobody"
            shouldThrow<PermissionDeniedException> { eve.manager.call<Any?>("list_clients", "ws-user-alice") }
            eve.manager.call<String>("ping", "ws-user-alice/first") shouldBe
                "Failed to ping client ws-user-alice/first: Permission denied for workspace ws-user-alice"
            eve.manager.call<Map<String, Any?>>("get_summary")["client_count"] shouldBe 2L
            eve.manager.call<Map<String, Any?>>("check_status") shouldBe mapOf("status" to "ready", "user_permission" to "a")
        }

        test("a function that the manager does not have is not found") {
            shouldThrow<io.hypha.rpc.MethodNotFoundException> { alice.manager.call<Any?>("unload") }.message!! shouldStartWith
                "Method expired or not found: ws-user-alice/first:services.default.unload"
        }
    })
