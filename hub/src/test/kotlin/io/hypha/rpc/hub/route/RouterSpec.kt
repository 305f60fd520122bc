package io.hypha.rpc.hub.route

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.frame
import io.hypha.rpc.hub.segments
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.maps.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import io.netty.buffer.ByteBufUtil
import io.netty.buffer.Unpooled

class RouterSpec :
    FunSpec({
        class Setting {
            val clients = ClientTable()
            val router = Router(clients)
            val boxes = HashMap<String, FakeOutbox>()

            fun client(
                address: String,
                permission: WorkspacePermission = WorkspacePermission.Admin,
            ): HubClient {
                val (workspace, id) = address.split('/')
                val box = FakeOutbox()
                boxes[address] = box
                return HubClient(workspace, id, UserInfo("user-of-$id"), permission, box).also { clients.replace(it) }
            }

            fun received(address: String): List<List<Map<String, Any?>>> = boxes.getValue(address).messages

            fun send(
                sender: HubClient,
                vararg segments: Map<String, Any?>,
            ) {
                sendRaw(sender, frame(*segments))
            }

            fun sendRaw(
                sender: HubClient,
                bytes: ByteArray,
            ) {
                val buffer = Unpooled.wrappedBuffer(bytes)
                router.route(sender, buffer)
                buffer.refCnt() shouldBe 1
                buffer.release()
            }
        }

        test("passes a message on with absolute addresses, the sender's workspace and its user") {
            with(Setting()) {
                val a = client("w/a")
                client("w/b")
                send(a, mapOf("type" to "method", "to" to "b", "from" to "x/y", "method" to "m"), mapOf("args" to listOf(1L)))
                received("w/b") shouldBe
                    listOf(
                        listOf(
                            mapOf(
                                "type" to "method",
                                "method" to "m",
                                "to" to "w/b",
                                "from" to "w/a",
                                "ws" to "w",
                                "user" to UserInfo("user-of-a").toMap(),
                            ),
                            mapOf("args" to listOf(1L)),
                        ),
                    )
            }
        }

        test("reaches clients of other workspaces by their absolute address") {
            with(Setting()) {
                val a = client("w/a")
                client("v/b")
                send(a, mapOf("type" to "method", "to" to "v/b"))
                received("v/b").single()[0]["ws"] shouldBe "w"
            }
        }

        test("answers a message to nobody with a reject that has the hub's own addresses") {
            with(Setting()) {
                val a = client("w/a")
                send(a, mapOf("type" to "method", "to" to "gone", "from" to "forged/one", "session" to "S1"))
                val (main, extra) = received("w/a").single()
                main shouldContainExactly mapOf("type" to "method", "from" to "w/gone", "to" to "w/a", "method" to "S1.reject")
                val error = (extra["args"] as List<*>).single()
                error shouldBe mapOf("_rtype" to "error", "_rvalue" to "Target peer w/gone is not connected", "_rtrace" to "")
            }
        }

        test("drops a message to nobody that waits for no reply") {
            with(Setting()) {
                val a = client("w/a")
                send(a, mapOf("type" to "method", "to" to "gone"))
                received("w/a").shouldBeEmpty()
            }
        }

        test("broadcasts to the subscribers of that type in the own workspace, the sender included") {
            with(Setting()) {
                val a = client("w/a")
                val b = client("w/b")
                client("w/c")
                val foreign = client("v/d")
                listOf(a, b, foreign).forEach { it.subscriptions += "hello" }
                send(a, mapOf("type" to "hello", "to" to "*", "data" to 1L), mapOf("more" to 2L))
                for (address in listOf("w/a", "w/b")) {
                    val (main, extra) = received(address).single()
                    main["to"] shouldBe "w/*"
                    main["from"] shouldBe "w/a"
                    main["data"] shouldBe 1L
                    extra shouldBe mapOf("more" to 2L)
                }
                received("w/c").shouldBeEmpty()
                received("v/d").shouldBeEmpty()
            }
        }

        test("refuses a broadcast into another workspace") {
            with(Setting()) {
                val a = client("w/a")
                client("v/b").subscriptions += "hello"
                send(a, mapOf("type" to "hello", "to" to "v/*", "session" to "S"))
                received("v/b").shouldBeEmpty()
                received("w/a").single()[0]["method"] shouldBe "S.reject"
            }
        }

        test("refuses a broadcast of a read-only client") {
            with(Setting()) {
                val a = client("w/a", WorkspacePermission.Read)
                client("w/b").subscriptions += "hello"
                send(a, mapOf("type" to "hello", "to" to "*"))
                received("w/b").shouldBeEmpty()
                val message = received("w/a").single()[0]
                message["type"] shouldBe "error"
                message["message"].toString() shouldContain "Read-only client w/a cannot broadcast messages."
            }
        }

        test("refuses a client that imitates the hub") {
            with(Setting()) {
                val a = client("w/a")
                val b = client("w/b")
                b.subscriptions += "client_disconnected"
                for (to in listOf("*", "w/b")) send(a, mapOf("type" to "client_disconnected", "to" to to, "data" to mapOf("id" to "x")))
                received("w/b").shouldBeEmpty()
            }
        }

        test("tells the sender of a malformed message, and goes on") {
            with(Setting()) {
                val a = client("w/a")
                client("w/b")
                sendRaw(a, byteArrayOf(0xc1.toByte()))
                sendRaw(a, byteArrayOf())
                send(a, mapOf("type" to "method"))
                send(a, mapOf("type" to "method", "to" to "b"))
                received("w/a").map { it[0]["type"] } shouldBe listOf("error", "error", "error")
                received("w/a")[0][0]["message"].toString() shouldStartWith "Dropped a malformed message: "
                received("w/b").size shouldBe 1
            }
        }

        test("passes messages to the manager, and the manager's messages on in the receiver's workspace") {
            with(Setting()) {
                val inbox = mutableListOf<ByteArray>()
                val manager =
                    ManagerPeer("manager-1", UserInfo.Root) {
                        inbox += ByteBufUtil.getBytes(it)
                        it.release()
                    }
                router.manager = manager
                val a = client("w/a")
                send(a, mapOf("type" to "method", "to" to "*/manager-1", "method" to "services.default.echo"))
                segments(inbox.single())[0]["from"] shouldBe "w/a"

                val reply = mapOf("type" to "method", "to" to "w/a", "method" to "S.resolve", "ws" to "forged")
                router.routeFromManager(manager, Unpooled.wrappedBuffer(frame(reply)))
                val main = received("w/a").single()[0]
                main["from"] shouldBe "*/manager-1"
                main["ws"] shouldBe "w"
                main["user"] shouldBe UserInfo.Root.toMap()
            }
        }

        test("rejects what the manager asks of somebody who left") {
            with(Setting()) {
                val inbox = mutableListOf<ByteArray>()
                val manager = ManagerPeer("manager-1", UserInfo.Root) { inbox += ByteBufUtil.getBytes(it) }
                val call = frame(mapOf("type" to "method", "to" to "w/gone", "session" to "M1"))
                router.routeFromManager(manager, Unpooled.wrappedBuffer(call))
                val main = segments(inbox.single())[0]
                main["method"] shouldBe "M1.reject"
                main["from"] shouldBe "w/gone"
                main["to"] shouldBe "*/manager-1"
            }
        }

        test("remembers who sent calls or replies from other workspaces, and nobody of the own") {
            with(Setting()) {
                val a = client("w/a")
                val other = client("v/c")
                val target = client("v/b")
                send(a, mapOf("type" to "method", "to" to "v/b", "session" to "S"))
                send(client("w/d"), mapOf("type" to "method", "to" to "v/b", "method" to "S.resolve"))
                send(other, mapOf("type" to "method", "to" to "b", "session" to "S"))
                target.foreignSenders.all() shouldBe setOf("w/a", "w/d")
                other.foreignSenders.all().shouldBeEmpty()
            }
        }
    })
