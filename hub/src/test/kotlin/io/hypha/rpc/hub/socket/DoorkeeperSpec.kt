package io.hypha.rpc.hub.socket

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.AnonymousUsers
import io.hypha.rpc.hub.auth.Authenticator
import io.hypha.rpc.hub.auth.Credentials
import io.hypha.rpc.hub.auth.Refusal
import io.hypha.rpc.hub.auth.Scope
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.route.FakeOutbox
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.workspace.Workspace
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.test.testTimeSource
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class DoorkeeperSpec :
    FunSpec({
        class Door(
            reconnectDelay: Duration = Duration.ZERO,
        ) {
            val test = TestHouse()
            private val authenticator = Authenticator(test.tokens, AnonymousUsers())
            private val doorkeeper =
                Doorkeeper(authenticator, test.workspaces, test.clients, test.presence, reconnectDelay = reconnectDelay)

            fun token(
                user: String,
                scope: String,
            ): String = test.tokens.issue(UserInfo(user, scope = Scope.parse(scope)), 60)

            suspend fun admit(
                credentials: Credentials,
                outbox: FakeOutbox = FakeOutbox(),
            ): HubClient = doorkeeper.admit(credentials, outbox) { }

            suspend fun refused(credentials: Credentials): Refusal = shouldThrow<Refusal> { admit(credentials) }
        }

        test("lets an anonymous user into its own workspace, and says so in its scope") {
            runTest {
                val client = Door().admit(Credentials("a"))
                client.permission shouldBe WorkspacePermission.Admin
                client.user.scope.toString() shouldBe "ws:${client.workspace}#a wid:${client.workspace} cid:a"
            }
        }

        test("a token for one workspace opens no other after a reconnection either, and another token still does") {
            runTest {
                val door = Door()
                door.test.workspaces.create(Workspace("lab-1", owners = listOf("ada")), UserInfo.Root, overwrite = false)
                for ((scope, isKeptOut) in listOf("ws:lab-1#r wid:lab-1" to true, "" to false)) {
                    val first = door.admit(Credentials("a", "lab-1", door.token("ada", scope)))
                    val greeting =
                        Json
                            .parseToJsonElement(
                                door.test.house.greeting
                                    .connectionInfo(first),
                            ).jsonObject
                    val token = greeting.getValue("reconnection_token").jsonPrimitive.content
                    val again = door.admit(Credentials("a", reconnectionToken = token))
                    for (client in listOf(first, again)) client.user.isKeptOutOf("ws-user-ada") shouldBe isKeptOut
                    again.permission shouldBe WorkspacePermission.Admin
                    door.test.clients.remove(again)
                }
            }
        }

        test("takes no client id that would add to the scope of its reconnection token") {
            runTest {
                for (id in listOf("a ws:*#a", "a\twid:public", "a\u00a0b", "a".repeat(300))) {
                    Door().refused(Credentials(id)).message!! shouldStartWith "Failed to establish connection: Invalid client id"
                }
            }
        }

        test("keeps anonymous users out of every other workspace") {
            runTest {
                val door = Door()
                door.test.workspaces.create(Workspace("lab-1"), UserInfo.Root, overwrite = false)
                for (workspace in listOf("public", "lab-1")) {
                    door.refused(Credentials("a", workspace)).let {
                        it.code shouldBe 1001
                        it.message shouldBe "Failed to establish connection: Permission denied for workspace: $workspace"
                    }
                }
                door.refused(Credentials("a", "ws-user-somebody")).message shouldBe
                    "Failed to establish connection: 'Workspace ws-user-somebody does not exist or is not accessible'"
            }
        }

        test("lets a user into a workspace with the permission of the token, and an owner with every permission") {
            runTest {
                val door = Door()
                door.test.workspaces.create(Workspace("lab-1", owners = listOf("alice")), UserInfo.Root, overwrite = false)
                door.admit(Credentials("a", token = door.token("bob", "ws:lab-1#r wid:lab-1"))).permission shouldBe WorkspacePermission.Read
                door.admit(Credentials("b", "lab-1", door.token("alice", ""))).permission shouldBe WorkspacePermission.Admin
            }
        }

        test("refuses client ids that cannot be an address") {
            runTest {
                for (id in listOf("", "x/1", "*")) {
                    Door().refused(Credentials(id)).message shouldBe "Failed to establish connection: Invalid client id: $id"
                }
            }
        }

        test("bounds the connections of a user") {
            runTest {
                val door = Door()
                val token = door.token("alice", "")
                repeat(200) { door.admit(Credentials("c$it", token = token)) }
                door.refused(Credentials("one-more", token = token)).let {
                    it.code shouldBe 1008
                    it.message!! shouldStartWith "Connection limit exceeded: "
                }
            }
        }

        test("lets clients of other users and workspaces have the same id") {
            runTest {
                val door = Door()
                door.admit(Credentials("a"))
                door.admit(Credentials("a"))
                door.test.clients
                    .all()
                    .size shouldBe 2
            }
        }

        test("cuts off a dead client whose id is wanted, and reports that it left") {
            runTest {
                val door = Door()
                val token = door.token("alice", "")
                val dead = FakeOutbox(alive = false)
                val old = door.admit(Credentials("a", token = token), dead)
                val new = door.admit(Credentials("a", token = token))
                dead.cuts shouldBe 1
                door.test.left shouldBe listOf(old)
                door.test.clients[new.address] shouldBe new
            }
        }

        test("lets returning clients wait a little, and no others") {
            runTest {
                val door = Door(reconnectDelay = 1.seconds)
                val start = testTimeSource.markNow()
                door.admit(Credentials("a"))
                start.elapsedNow() shouldBe Duration.ZERO
                val token = door.token("alice", "ws:ws-user-alice#a wid:ws-user-alice cid:b")
                repeat(20) { door.admit(Credentials("b", reconnectionToken = token)) }
                start.elapsedNow() shouldBeLessThanOrEqualTo 20.seconds
                (start.elapsedNow() > Duration.ZERO) shouldBe true
            }
        }
    })
