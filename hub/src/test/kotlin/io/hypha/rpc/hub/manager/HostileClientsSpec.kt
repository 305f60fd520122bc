package io.hypha.rpc.hub.manager

import io.hypha.rpc.HyphaException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.generateToken
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.seconds

/** Clients that want more than is theirs. */
class HostileClientsSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var victim: HyphaConnection
        lateinit var eve: HyphaConnection
        var calls = 0

        beforeSpec {
            test = TestHub()
            victim = test.connect("victim", "v")
            eve = test.connect("eve", "e")
            victim.registerService("secret") { function("count") { ++calls } }
        }
        afterSpec { test.close() }

        fun foreign(path: String) = mapOf("_rtype" to "method", "_rtarget" to "ws-user-victim/v", "_rmethod" to path, "_rpromise" to "*")

        test("the manager calls nobody else's functions for whoever offers them as its own") {
            for (id in listOf("one", "two")) {
                test.connect("eve", id).registerService("bait") { value("count", foreign("services.secret.count")) }
            }
            for (criterion in listOf("min", "max", "first_success")) {
                eve.manager.call<Map<String, Any?>>("get_service", "bait", mapOf("mode" to "select:$criterion:count"))
            }
            test.connect("eve", "three").registerService("default") { value("setup", foreign("services.secret.count")) }
            calls shouldBe 0
        }

        test("a token for one workspace is no way to others of the same user, whatever the user owns") {
            test.hub.createWorkspace("eve-shared", owners = listOf("eve"))
            val program = test.connect("eve", "program", "eve-shared", WorkspacePermission.Read)
            shouldThrow<PermissionDeniedException> {
                program.generateToken {
                    workspace = "ws-user-eve"
                    permission = WorkspacePermission.Admin
                }
            }
            shouldThrow<PermissionDeniedException> { program.manager.call<Any?>("list_clients", "ws-user-eve") }
            shouldThrow<PermissionDeniedException> {
                program.manager.call<Any?>(
                    "bookmark",
                    mapOf("bookmark_type" to "workspace", "id" to "eve-shared"),
                )
            }
        }

        test("tokens that the embedding program makes hold what it says and nothing else") {
            shouldThrow<IllegalArgumentException> { test.hub.createToken("ada", workspace = "a-b ws:*#a") }
            shouldThrow<IllegalArgumentException> { test.hub.createToken("ada", clientId = "c ws:*#a") }
        }

        test("a search does not cost more than a search") {
            eve.registerService("long") {
                visibility = Visibility.Public
                config("x", 1)
                docs = "a".repeat(200_000)
            }
            withTimeout(20.seconds) {
                for (query in listOf("x ".repeat(1000), "a".repeat(100_000))) {
                    shouldThrow<RemoteException> { eve.manager.call<Any?>("search_services", query) }.message!! shouldContain "words"
                }
                val filter = mapOf("docs" to "*" + "a".repeat(100_000) + "b")
                shouldThrow<RemoteException> { eve.manager.call<Any?>("search_services", null, filter) }.message!! shouldContain
                    "characters"
            }
        }

        test("names are no longer than names") {
            val long = "a".repeat(2000)
            shouldThrow<RemoteException> { eve.manager.call<Any?>("subscribe", long) }.message!! shouldContain "characters"
            shouldThrow<RemoteException> { eve.manager.call<Any?>("get_service", "$long*") }.message!! shouldContain "characters"
            shouldThrow<RemoteException> { eve.manager.call<Any?>("list_services", long) }.message!! shouldContain "characters"
            shouldThrow<RemoteException> { eve.manager.call<Any?>("list_services", mapOf("type" to long)) }.message!! shouldContain
                "characters"
            for (key in listOf("type", "app_id")) {
                val info = mapOf("id" to "named", key to long)
                shouldThrow<RemoteException> { eve.manager.call<Any?>("register_service", info) }.message!! shouldContain "characters"
            }
            shouldThrow<RemoteException> { eve.manager.call<Any?>("set_env", long, "x") }.message!! shouldContain "characters"
            shouldThrow<RemoteException> {
                eve.manager.call<Any?>("create_workspace", mapOf("id" to "w-$long"))
            }.message!! shouldContain "characters"
        }

        test("what a client registers takes a bounded number of bytes in all, and can be replaced when that is reached") {
            val hoarder = test.connect("hoarder", "h")

            suspend fun register(
                id: String,
                letter: String,
            ) = hoarder.registerService(id, overwrite = true) { docs = letter.repeat(1_000_000) }
            repeat(16) { register("s$it", "a") }
            shouldThrow<HyphaException> { register("s16", "a") }.message!! shouldContain "Service quota exceeded"
            register("s0", "b")
        }

        test("unlisted services of others are got by their names, not found by patterns") {
            victim.registerService("hidden-one") { visibility = Visibility.Unlisted }
            eve.getService("ws-user-victim/hidden-one").id shouldBe "ws-user-victim/v:hidden-one"
            shouldThrow<HyphaException> {
                eve.manager.call<Any?>("get_service_info", "ws-user-victim/hidden-*", mapOf("mode" to "first"))
            }.message!! shouldContain "Service not found"
            victim.manager.call<Map<String, Any?>>("get_service_info", "hidden-*")["id"] shouldBe "ws-user-victim/v:hidden-one"
        }
    })
