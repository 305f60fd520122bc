package io.hypha.rpc.hub.socket

import io.hypha.rpc.hub.frame
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.netty.buffer.Unpooled
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

class SocketHandlerSpec :
    FunSpec({
        fun binary(vararg segments: Map<String, Any?>) = BinaryWebSocketFrame(Unpooled.wrappedBuffer(frame(*segments)))

        fun error(reason: String) = """{"type":"error","message":"$reason"}"""

        test("greets a client with everything that it needs to know") {
            val test = TestHouse(SocketSettings(messageRate = 200.0, messageBurst = 2000))
            val channel = test.connect()
            channel.say("""{"client_id":"a"}""")
            val info = Json.parseToJsonElement(channel.heard().single() as String).jsonObject
            info.mapValues { it.value.toString() }.filterKeys { it !in setOf("user", "workspace", "reconnection_token") } shouldBe
                mapOf(
                    "type" to "\"connection_info\"",
                    "hypha_version" to "\"hypha-rpc-hub\"",
                    "public_base_url" to "\"http://hub\"",
                    "local_base_url" to "\"http://hub\"",
                    "manager_id" to "\"manager-1\"",
                    "client_id" to "\"a\"",
                    "reconnection_token_life_time" to "3600",
                    "message_rate" to "200.0",
                    "message_burst" to "2000",
                )
            val workspace = info.getValue("workspace").jsonPrimitive.content
            val user = test.tokens.verify(info.getValue("reconnection_token").jsonPrimitive.content)
            user.scope.toString() shouldBe "ws:$workspace#a wid:$workspace cid:a"
            channel.finishAndReleaseAll()
        }

        test("closes a connection that does not say who it is within five seconds") {
            val channel = TestHouse().connect()
            channel.wait(4_999.milliseconds)
            channel.heard().shouldBeEmpty()
            channel.wait(1.milliseconds)
            channel.heard() shouldContainExactly listOf(error("Authentication payload timeout"), 1008 to "Authentication payload timeout")
            channel.finishAndReleaseAll()
        }

        test("closes a connection whose first frame cannot be read") {
            val unreadable = "Failed to decode authentication information"
            for (text in listOf("hello", "[]", "x".repeat(70_000))) {
                val channel = TestHouse().connect()
                channel.say(text)
                channel.heard() shouldContainExactly listOf(error(unreadable), 1003 to unreadable)
                channel.finishAndReleaseAll()
            }
            val channel = TestHouse().connect()
            channel.writeInbound(binary(mapOf("type" to "method")))
            channel.heard() shouldContainExactly listOf(error(unreadable), 1003 to unreadable)
            channel.finishAndReleaseAll()
        }

        test("tells a long reason whole in the error frame, and as much as fits in the close frame") {
            val channel = TestHouse().connect()
            val workspace = "w".repeat(200)
            channel.say("""{"client_id":"a","workspace":"$workspace"}""")
            val (text, close) = channel.heard()
            text shouldBe error("Failed to establish connection: 'Workspace $workspace does not exist or is not accessible'")
            val (code, reason) = close as Pair<*, *>
            code shouldBe 1001
            reason.toString().length shouldBe 123
            channel.finishAndReleaseAll()
        }

        test("answers pings and asks for a new token, and ignores everything else in text") {
            val test = TestHouse()
            val channel = test.connect("""{"client_id":"a"}""")
            channel.say("""{"type":"ping"}""")
            channel.heard() shouldContainExactly listOf("""{"type":"pong"}""")
            channel.say("""{"type":"refresh_token"}""")
            val token = Json.parseToJsonElement(channel.heard().single() as String).jsonObject
            token.getValue("type").jsonPrimitive.content shouldBe "reconnection_token"
            test.tokens
                .verify(token.getValue("reconnection_token").jsonPrimitive.content)
                .scope.clientId shouldBe "a"
            val ignored =
                listOf("", "ping", "[1]", """{"type":"other"}""", """{"type":{}}""", """{"type":"ping","x":"${"y".repeat(1000)}"}""")
            for (text in ignored) channel.say(text)
            channel.heard().shouldBeEmpty()
            channel.finishAndReleaseAll()
        }

        test("answers pings of the socket at any time") {
            val channel = TestHouse().connect()
            channel.writeInbound(PingWebSocketFrame(Unpooled.wrappedBuffer(byteArrayOf(1, 2))))
            channel.heard() shouldContainExactly listOf(PongWebSocketFrame::class.java)
            channel.finishAndReleaseAll()
        }

        test("closes a client that sends more than it may, at the message that is too much") {
            val test = TestHouse(SocketSettings(messageRate = 10.0, messageBurst = 5))
            val channel = test.connect("""{"client_id":"a"}""")
            repeat(5) { channel.writeInbound(binary(mapOf("type" to "x", "to" to "b"))) }
            channel.heard().shouldBeEmpty()
            channel.wait(100.milliseconds)
            channel.writeInbound(binary(mapOf("type" to "x", "to" to "b")))
            channel.heard().shouldBeEmpty()
            channel.writeInbound(binary(mapOf("type" to "x", "to" to "b")))
            val reason = "Rate limit exceeded: too many messages per second"
            channel.heard() shouldContainExactly listOf(error(reason), 1008 to reason)
            test.left.single().id shouldBe "a"
            channel.finishAndReleaseAll()
        }

        test("closes a client that is silent for too long; pings of the socket do not count, texts do") {
            val test = TestHouse(SocketSettings(idleTimeout = 600.seconds))
            val channel = test.connect("""{"client_id":"a"}""")
            channel.wait(400.seconds)
            channel.say("""{"type":"ping"}""")
            channel.heard()
            channel.wait(599.seconds)
            channel.writeInbound(PingWebSocketFrame())
            channel.heard() shouldContainExactly listOf(PongWebSocketFrame::class.java)
            channel.wait(1.seconds)
            channel.heard() shouldContainExactly listOf(error("Idle timeout (600s)"), 1001 to "Idle timeout (600s)")
            channel.finishAndReleaseAll()
        }

        test("keeps a silent client for ever when there is no limit") {
            val channel = TestHouse(SocketSettings(idleTimeout = Duration.INFINITE)).connect("""{"client_id":"a"}""")
            channel.wait(1_000_000.seconds)
            channel.heard().shouldBeEmpty()
            channel.finishAndReleaseAll()
        }

        test("cuts a client that does not answer the close within two seconds") {
            val channel = TestHouse().connect()
            channel.wait(5.seconds)
            channel.heard()
            channel.isOpen shouldBe true
            channel.wait(2.seconds)
            channel.isOpen shouldBe false
            channel.finishAndReleaseAll()
        }

        test("answers the client's close with the same, and knows that it left") {
            val test = TestHouse()
            val channel = test.connect("""{"client_id":"a"}""")
            channel.writeInbound(CloseWebSocketFrame(1000, "bye"))
            channel.heard() shouldContainExactly listOf(1000 to "bye")
            channel.isOpen shouldBe false
            test.left.single().id shouldBe "a"
            test.clients.all().shouldBeEmpty()
            channel.finishAndReleaseAll()
        }

        test("knows that a client left whose connection broke") {
            val test = TestHouse()
            val channel = test.connect("""{"client_id":"a"}""")
            channel.close()
            channel.runPendingTasks()
            test.left.single().id shouldBe "a"
            channel.finishAndReleaseAll()
        }

        test("refuses an id that is in use, and lets its owner alone") {
            val test = TestHouse()
            val token =
                test.tokens.issue(
                    io.hypha.rpc.hub.auth
                        .UserInfo("u1"),
                    60,
                )
            val first = test.connect("""{"client_id":"a","token":"$token"}""")
            val second = test.connect()
            second.say("""{"client_id":"a","token":"$token"}""")
            first.heard() shouldContainExactly listOf(PingWebSocketFrame::class.java)
            first.writeInbound(PongWebSocketFrame())
            val (text, close) = second.heard()
            text.toString() shouldContain "Client already exists and is active: ws-user-u1/a"
            (close as Pair<*, *>).first shouldBe 1001
            first.say("""{"type":"ping"}""")
            first.heard() shouldContainExactly listOf("""{"type":"pong"}""")
            test.left.shouldBeEmpty()
            first.finishAndReleaseAll()
            second.finishAndReleaseAll()
        }

        test("gives an id to another client when its owner does not answer for five seconds") {
            val test = TestHouse()
            val token =
                test.tokens.issue(
                    io.hypha.rpc.hub.auth
                        .UserInfo("u1"),
                    60,
                )
            val first = test.connect("""{"client_id":"a","token":"$token"}""")
            val second = test.connect()
            second.say("""{"client_id":"a","token":"$token"}""")
            second.wait(4.seconds)
            second.heard().shouldBeEmpty()
            second.wait(1.seconds)
            second.heard().single().toString() shouldContain "connection_info"
            first.runPendingTasks()
            first.isOpen shouldBe false
            test.clients["ws-user-u1/a"]?.user?.id shouldBe "u1"
            first.finishAndReleaseAll()
            second.finishAndReleaseAll()
        }

        test("lets a returning client take its own place, without a word to the old connection") {
            val test = TestHouse()
            val first = test.connect()
            first.say("""{"client_id":"a"}""")
            val info = Json.parseToJsonElement(first.heard().single() as String).jsonObject
            val second = test.connect()
            second.say("""{"client_id":"a","reconnection_token":${info["reconnection_token"]}}""")
            val again = Json.parseToJsonElement(second.heard().single() as String).jsonObject
            again["workspace"] shouldBe info["workspace"]
            first.heard().shouldBeEmpty()
            first.isOpen shouldBe false
            test.clients.all().size shouldBe 1
            first.finishAndReleaseAll()
            second.finishAndReleaseAll()
        }

        test("handles messages that came together with the first frame after the greeting") {
            val test = TestHouse()
            val channel = test.connect()
            channel.writeInbound(
                io.netty.handler.codec.http.websocketx
                    .TextWebSocketFrame("""{"client_id":"a"}"""),
                io.netty.handler.codec.http.websocketx
                    .TextWebSocketFrame("""{"type":"ping"}"""),
            )
            val (greeting, answer) = channel.heard()
            greeting.toString() shouldContain "connection_info"
            answer shouldBe """{"type":"pong"}"""
            channel.finishAndReleaseAll()
        }
    })
