package io.hypha.rpc.wire

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs

class RoutingHeaderSpec :
    FunSpec({
        val user = mapOf("id" to "root", "roles" to listOf("admin"))

        fun header(vararg entries: Pair<String, Any?>): RoutingHeader = RoutingHeader.read(reader(encoded(mapOf(*entries))))

        fun fields(header: RoutingHeader): List<String?> =
            listOf(header.type, header.to, header.from, header.method, header.session, header.parent, header.ws)

        /** A map with these entries in order, keys as often as they are given. */
        fun mapOfAll(vararg entries: Pair<String, Any?>): ByteArray =
            written {
                writeMapHeader(entries.size)
                for ((key, value) in entries) {
                    writeString(key)
                    PlainValues.write(this, value)
                }
            }

        test("what is written is read again, and the payload follows") {
            val frame =
                written {
                    RoutingHeader("method", "w/b", "w/a", "services.x.y", "S1", "P1", "w", Bytes(encoded(user))).write(this)
                    writeString("payload")
                }
            val reader = reader(frame)
            val header = RoutingHeader.read(reader)
            fields(header) shouldBe listOf("method", "w/b", "w/a", "services.x.y", "S1", "P1", "w")
            readAll(header.user!!.toByteArray()) shouldBe listOf(user)
            reader.readString() shouldBe "payload"
        }

        test("absent fields are not written and read as null") {
            val bytes = written { RoutingHeader("ping").write(this) }
            bytes shouldBe encoded(mapOf("type" to "ping"))
            fields(RoutingHeader.read(reader(bytes))) shouldBe listOf("ping", null, null, null, null, null, null)
        }

        test("nil is as good as absent") {
            val header = header("type" to "method", "session" to null, "user" to null)
            header.session shouldBe null
            header.user shouldBe null
        }

        test("unknown keys are passed over unread, a forged ctx among them, whatever they hold") {
            val reader =
                reader(
                    mapOfAll("ctx" to mapOf("from" to "w/forged", "user" to user), "type" to "method", "x" to listOf(user), "to" to "w/b") +
                        encoded("payload"),
                )
            val header = RoutingHeader.read(reader)
            fields(header) shouldBe listOf("method", "w/b", null, null, null, null, null)
            reader.readString() shouldBe "payload"
        }

        test("of repeated keys the last one counts: the hub appends what it vouches for") {
            val header =
                RoutingHeader.read(
                    reader(
                        mapOfAll(
                            "from" to "w/forged",
                            "type" to "method",
                            "user" to mapOf("id" to "forged"),
                            "from" to "w/a",
                            "user" to user,
                        ),
                    ),
                )
            header.from shouldBe "w/a"
            readAll(header.user!!.toByteArray()) shouldBe listOf(user)
        }

        test("keys may be bytes") {
            val bytes = bytesOf(0x81, 0xc4, 4) + "type".encodeToByteArray() + encoded("method")
            RoutingHeader.read(reader(bytes)).type shouldBe "method"
        }

        test("the payload has no say in the header") {
            val reader = reader(mapOfAll("type" to "method", "from" to "w/a") + mapOfAll("from" to "w/forged"))
            RoutingHeader.read(reader).from shouldBe "w/a"
        }

        test("types and addresses that came before are the same strings again") {
            fun read() = header("type" to "method", "to" to "workspace/receiver", "from" to "workspace/sender", "ws" to "workspace")
            val first = read()
            val second = read()
            first.type shouldBeSameInstanceAs second.type
            first.to!! shouldBeSameInstanceAs second.to!!
            first.from!! shouldBeSameInstanceAs second.from!!
            first.ws!! shouldBeSameInstanceAs second.ws!!
        }

        test("fields of another type are refused by their name") {
            for (key in listOf("type", "to", "from", "method", "session", "parent", "ws")) {
                refused { header(key to 5L) } shouldBe
                    "$key in the routing header: Expected text at byte ${key.length + 2}, found an integer"
            }
            refused { header("user" to "root") } shouldBe "user in the routing header: Expected a map at byte 6, found text"
        }

        test("a header without a type, and one that is no map, are refused") {
            refused { header("to" to "w/b") } shouldBe "The routing header has no type"
            refused { RoutingHeader.read(reader(encoded(listOf("type", "method")))) } shouldBe "Expected a map at byte 0, found a list"
            refused { RoutingHeader.read(reader()) } shouldBe "Truncated message: a value at byte 0 needs 1 bytes, 0 are left"
        }
    })
