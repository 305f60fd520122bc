package io.hypha.rpc.hub

import io.hypha.rpc.wire.Bytes
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import io.ktor.websocket.Frame
import kotlinx.serialization.json.jsonPrimitive

class HubSocketSpec :
    FunSpec({
        lateinit var hub: HyphaHub
        lateinit var sockets: RawClients

        beforeSpec {
            hub =
                HyphaHub.start {
                    maxFrameBytes = 400_000
                    maxQueuedBytes = 2_000_000
                }
            sockets = RawClients()
        }
        afterSpec {
            sockets.close()
            hub.close()
        }

        /** Two clients of one user. */
        suspend fun pair(): Pair<RawClient, RawClient> {
            val token = hub.createToken("user-${System.nanoTime()}")
            return sockets.join(hub, """{"client_id":"a","token":"$token"}""") to
                sockets.join(hub, """{"client_id":"b","token":"$token"}""")
        }

        test("routes small and large messages with their payloads unchanged") {
            val (a, b) = pair()
            for (size in listOf(0, 10, 1_000, 20_000, 300_000)) {
                val payload = mapOf("args" to listOf(Bytes(ByteArray(size) { (it * 7).toByte() })))
                a.send(mapOf("type" to "method", "to" to "b", "method" to "s.f"), payload)
                val (main, extra) = b.message()
                extra shouldBe payload
                main["to"] shouldBe "${b.workspace}/b"
                main["from"] shouldBe "${a.workspace}/a"
                main["ws"] shouldBe a.workspace
            }
            a.close()
            b.close()
        }

        test("keeps the order of the messages of one client") {
            val (a, b) = pair()
            for (index in 0 until 2_000L) a.send(mapOf("type" to "x", "to" to "b", "n" to index))
            List(2_000) { b.message().single()["n"] } shouldContainExactly List(2_000) { it.toLong() }
            a.close()
            b.close()
        }

        test("joins the parts of a fragmented message") {
            val (a, b) = pair()
            val whole = frame(mapOf("type" to "x", "to" to "b"), mapOf("text" to "y".repeat(100)))
            a.session.outgoing.send(Frame.Binary(false, whole.copyOfRange(0, 20)))
            a.session.outgoing.send(Frame.Binary(false, whole.copyOfRange(20, 50)))
            a.session.outgoing.send(Frame.Binary(true, whole.copyOfRange(50, whole.size)))
            b.message()[1] shouldBe mapOf("text" to "y".repeat(100))
            a.close()
            b.close()
        }

        test("closes with 1009 when a frame is larger than the limit, in one piece or in several") {
            val (a, b) = pair()
            a.session.outgoing.send(Frame.Binary(true, ByteArray(400_001)))
            a.refusal() shouldBe ("Frame too large: the limit is 400000 bytes" to 1009)
            repeat(2) { b.session.outgoing.send(Frame.Binary(it == 1, ByteArray(300_000))) }
            b.refusal().second shouldBe 1009
        }

        test("closes a client that does not read, and not those who send to it") {
            val token = hub.createToken("stalled")
            val a = sockets.join(hub, """{"client_id":"a","token":"$token"}""")
            StalledClient(hub, """{"client_id":"b","token":"$token"}""").use {
                val blob = mapOf("blob" to Bytes(ByteArray(250_000)))
                // More than the buffers of two sockets can hold together with the queue.
                repeat(100) { a.send(mapOf("type" to "x", "to" to "b"), blob) }
                a.send(mapOf("type" to "method", "to" to "b", "session" to "S1"))
                a.message()[0]["method"] shouldBe "S1.reject"
                a.send("""{"type":"ping"}""")
                a.text() shouldBe """{"type":"pong"}"""
            }
            a.close()
        }

        test("survives frames that are no messages") {
            val (a, b) = pair()
            val hostile = listOf(byteArrayOf(), byteArrayOf(0xc1.toByte()), ByteArray(5_000) { 0x81.toByte() }, "text".encodeToByteArray())
            for (bytes in hostile) {
                a.session.outgoing.send(Frame.Binary(true, bytes))
                a.message().single()["type"] shouldBe "error"
            }
            a.send(mapOf("type" to "x", "to" to "b"))
            b.message().single()["type"] shouldBe "x"
            a.close()
            b.close()
        }

        test("closes a client that uses an extension nobody agreed on with 1002") {
            val (a, _) = pair()
            a.session.outgoing.send(Frame.byType(true, io.ktor.websocket.FrameType.BINARY, ByteArray(3), true, false, false))
            a.refusal().second shouldBe 1002
        }

        test("refuses credentials in the address, without an error frame") {
            for (key in listOf("workspace", "client_id", "token", "reconnection_token")) {
                val client = sockets.open(hub, "?$key=x")
                client.closeCode() shouldBe 1008
                client.session.closeReason
                    .await()
                    ?.message
                    .orEmpty() shouldStartWith "Connection rejected, please  upgrade to"
            }
        }

        test("refuses bad tokens with 1008, and wrong workspaces with 1001") {
            val (why, code) = sockets.open(hub).also { it.send("""{"client_id":"a","token":"nonsense"}""") }.refusal()
            why shouldStartWith "Authentication error: "
            code shouldBe 1008
            val (other, otherCode) = sockets.open(hub).also { it.send("""{"client_id":"a","workspace":"public"}""") }.refusal()
            other shouldBe "Failed to establish connection: Permission denied for workspace: public"
            otherCode shouldBe 1001
        }

        test("refuses a second client of the same id, and the first goes on undisturbed") {
            val (a, b) = pair()
            val token = hub.createToken(a.workspace.removePrefix("ws-user-"))
            val (why, code) = sockets.open(hub).also { it.send("""{"client_id":"a","token":"$token"}""") }.refusal()
            why shouldContain "Client already exists and is active: ${a.workspace}/a"
            code shouldBe 1001
            b.send(mapOf("type" to "x", "to" to "a"))
            a.message().single()["from"] shouldBe "${b.workspace}/b"
            a.close()
            b.close()
        }

        test("lets a client come back under its id and cuts its old connection") {
            val (a, b) = pair()
            val again = sockets.join(hub, """{"client_id":"a","reconnection_token":"${a.token}"}""")
            again.workspace shouldBe a.workspace
            a.closeCode() shouldBe 1006
            b.send(mapOf("type" to "x", "to" to "a"))
            again.message().single()["type"] shouldBe "x"
            again.close()
            b.close()
        }

        test("announces that everything may be sent at any speed") {
            val (a, b) = pair()
            a.info
                .getValue("message_rate")
                .jsonPrimitive.content shouldBe "0.0"
            a.info
                .getValue("message_burst")
                .jsonPrimitive.content shouldBe "0"
            a.close()
            b.close()
        }

        test("rejects a call at once whose receiver left") {
            val (a, b) = pair()
            val subscribe =
                mapOf(
                    "type" to "method",
                    "to" to "*/${hub.managerId}",
                    "method" to "services.default.subscribe",
                    "session" to "S0",
                )
            a.send(subscribe, mapOf("args" to listOf("client_disconnected"), "promise" to "*", "t" to 10))
            a.message()[0]["method"] shouldBe "S0.resolve"
            b.close()
            a.message().single()["type"] shouldBe "client_disconnected"
            a.send(mapOf("type" to "method", "to" to "b", "session" to "S1"))
            val (main, extra) = a.message()
            main["method"] shouldBe "S1.reject"
            main["from"] shouldBe "${a.workspace}/b"
            extra.toString() shouldContain "Target peer ${a.workspace}/b is not connected"
            a.close()
        }

        test("tells callers from other workspaces that a client left") {
            val (a, b) = pair()
            val (c, d) = pair()
            c.send(mapOf("type" to "method", "to" to "${b.workspace}/b", "session" to "S1"))
            b.message()
            b.close()
            val gone = c.message().single()
            gone["type"] shouldBe "peer_not_found"
            gone["peer_id"] shouldBe "${b.workspace}/b"
            gone.containsKey("from") shouldBe false
            listOf(a, c, d).forEach { it.close() }
        }
    })
