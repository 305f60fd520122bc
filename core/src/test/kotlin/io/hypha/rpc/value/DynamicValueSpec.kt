package io.hypha.rpc.value

import io.hypha.rpc.ProtocolException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.WireTimestamp
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlin.time.Instant

class DynamicValueSpec :
    FunSpec({
        test("numbers of every type arrive exactly, integers as Long or ULong and floats as Double") {
            wireOf(1.toByte()) shouldBe 1L
            wireOf((-2).toShort()) shouldBe -2L
            wireOf(3) shouldBe 3L
            wireOf(Long.MIN_VALUE) shouldBe Long.MIN_VALUE
            wireOf(Long.MAX_VALUE) shouldBe Long.MAX_VALUE
            wireOf(ULong.MAX_VALUE) shouldBe ULong.MAX_VALUE
            wireOf(5uL) shouldBe 5L
            wireOf(UInt.MAX_VALUE) shouldBe 4294967295L
            wireOf(UShort.MAX_VALUE) shouldBe 65535L
            wireOf(UByte.MAX_VALUE) shouldBe 255L
            wireOf(1.0) shouldBe 1.0
            wireOf(0.5f) shouldBe 0.5
        }

        test("NaN, infinities and negative zero stay what they are") {
            for (value in listOf(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0)) {
                (wireOf(value) as Double).toBits() shouldBe value.toBits()
                (valueOf(value) as Double).toBits() shouldBe value.toBits()
            }
        }

        test("nil, booleans, text and single values of other classes have the obvious form") {
            wireOf(null) shouldBe null
            wireOf(Unit) shouldBe null
            wireOf(true) shouldBe true
            wireOf("ä") shouldBe "ä"
            wireOf('x') shouldBe "x"
            wireOf(Mood.Good) shouldBe "Good"
            wireOf(Mood.Bad) shouldBe "not-so-good"
        }

        test("an enum entry with a body goes by its serial name as well") {
            wireOf(Step.Last) shouldBe "the-last"
        }

        test("byte arrays and slices are bytes, and arrive as Bytes") {
            wireOf(byteArrayOf(0, -1)) shouldBe bytesOf(0, 255)
            wireOf(bytesOf(1, 2)) shouldBe bytesOf(1, 2)
            valueOf(bytesOf(1, 2)) shouldBe bytesOf(1, 2)
        }

        test("an instant is sent as ISO-8601 text, and read from a timestamp") {
            wireOf(Instant.parse("2024-02-29T12:00:00.5Z")) shouldBe "2024-02-29T12:00:00.500Z"
            valueOf(WireTimestamp(1, 500_000_000)) shouldBe Instant.fromEpochSeconds(1, 500_000_000)
        }

        test("lists, arrays and other collections are lists") {
            wireOf(listOf(1, "a", null)) shouldBe listOf(1L, "a", null)
            wireOf(arrayOf(1, listOf(2))) shouldBe listOf(1L, listOf(2L))
            wireOf(ArrayDeque(listOf(1, 2))) shouldBe listOf(1L, 2L)
            wireOf(emptyList<Int>()) shouldBe emptyList<Any?>()
        }

        test("a set is a set and arrives as one, in its order") {
            wireOf(linkedSetOf(3, 1, 2)) shouldBe set(3L, 1L, 2L)
            val received = valueOf(set(3, 1, 2))
            received.shouldBeInstanceOf<Set<*>>()
            received.toList() shouldContainExactly listOf(3L, 1L, 2L)
        }

        test("a map with text keys is a map, in its order") {
            wireOf(linkedMapOf("b" to 1, "a" to listOf(2))) shouldBe mapOf("b" to 1L, "a" to listOf(2L))
            (valueOf(linkedMapOf("b" to 1, "a" to 2)) as Map<*, *>).keys.toList() shouldBe listOf("b", "a")
            wireOf(mapOf('x' to 1, Mood.Bad to 2)) shouldBe mapOf("x" to 1L, "not-so-good" to 2L)
        }

        test("a map with other keys is an orderedmap, in its order") {
            wireOf(linkedMapOf(2 to "b", 1 to "a")) shouldBe orderedmap(2L to "b", 1L to "a")
            wireOf(linkedMapOf("t" to 1, true to 2, 1.5 to 3)) shouldBe orderedmap("t" to 1L, true to 2L, 1.5 to 3L)
        }

        test("a received orderedmap is its own type, keeps its order and goes out as one, whatever its keys are") {
            val form = orderedmap("b" to 1L, 2L to 2L, "a" to listOf(3L))
            val received = valueOf(form)
            received.shouldBeInstanceOf<OrderedMap>()
            received.keys.toList() shouldBe listOf("b", 2L, "a")
            wireOf(received) shouldBe form
            val odd = orderedmap(null to 1L, listOf(1L) to 2L)
            wireOf(valueOf(odd)) shouldBe odd
            wireOf(OrderedMap("only" to "text")) shouldBe orderedmap("only" to "text")
        }

        test("a memory view is sent as one and arrives as bytes") {
            wireOf(MemoryView(byteArrayOf(1, 2))) shouldBe memoryview(1, 2)
            valueOf(memoryview(1, 2)) shouldBe bytesOf(1, 2)
        }

        test("an error is sent with type, message and trace, and arrives as a value") {
            val form = wireOf(IllegalStateException("no fuel")) as Map<*, *>
            form["_rtype"] shouldBe "error"
            form["_rvalue"] shouldBe "IllegalStateException: no fuel"
            (form["_rtrace"] as String).lines().first() shouldBe "java.lang.IllegalStateException: no fuel"
            valueOf(mapOf("_rtype" to "error", "_rvalue" to "v", "_rtrace" to null)) shouldBe RemoteError("v", null)
            wireOf(RemoteError("v", "t")) shouldBe mapOf("_rtype" to "error", "_rvalue" to "v", "_rtrace" to "t")
            (wireOf(Exception()) as Map<*, *>)["_rvalue"] shouldBe "Exception"
        }

        test("a remote exception goes on as it came") {
            val form = wireOf(io.hypha.rpc.RemoteException("ValueError", "bad", "trace")) as Map<*, *>
            form shouldBe mapOf("_rtype" to "error", "_rvalue" to "ValueError: bad", "_rtrace" to "trace")
        }

        test("a pydantic model is the map of its fields") {
            val model = mapOf("_rtype" to "pydantic_model", "_rvalue" to mapOf("a" to 1L), "_rschema" to mapOf("title" to "A"))
            valueOf(model) shouldBe mapOf("a" to 1L)
        }

        test("a map with a tag that nobody knows keeps it, and its values are decoded") {
            val form = mapOf("_rtype" to "pydantic-model", "items" to set(1L), "n" to null)
            valueOf(form) shouldBe mapOf("_rtype" to "pydantic-model", "items" to setOf(1L), "n" to null)
            wireOf(valueOf(form)) shouldBe form
            valueOf(mapOf("_rtype" to 5L)) shouldBe mapOf("_rtype" to 5L)
        }

        test("a map of the user's with a tag goes out as it is, its other values encoded") {
            wireOf(mapOf("_rtype" to "mine", "s" to setOf(1))) shouldBe mapOf("_rtype" to "mine", "s" to set(1L))
        }

        test("the tag may be the last entry") {
            valueOf(linkedMapOf("_rvalue" to listOf(1L), "_rtype" to "set")) shouldBe setOf(1L)
        }

        test("map keys that are bytes are text; other keys end the message") {
            valueOfBytes(0x81, 0xc4, 0x01, 0x61, 0x01) shouldBe mapOf("a" to 1L)
            shouldThrow<ProtocolException> { valueOfBytes(0x81, 0x01, 0x01) }
        }

        test("an argument with its type is written as that type") {
            wireOf(arg<Figure>(Circle(1.0))) shouldBe mapOf("type" to "circle", "radius" to 1.0)
            wireOf(listOf(arg(mapOf(1 to 2)))) shouldBe listOf(orderedmap(1L to 2L))
            arg<Figure>(Circle(1.0)).toString() shouldBe "Arg(io.hypha.rpc.value.Figure)"
        }

        test("an instance of a serializable class is written through its serializer, nested anywhere") {
            wireOf(mapOf("at" to listOf(Point(1, 2)))) shouldBe mapOf("at" to listOf(mapOf("x" to 1L, "y" to 2L)))
            wireOf(kotlin.time.Duration.parse("1h")) shouldBe "PT1H"
        }
    })

private fun valueOfBytes(vararg bytes: Int): Any? =
    ValueFormat().read(
        MsgPackReader(
            Bytes(
                ByteArray(bytes.size) {
                    bytes[it].toByte()
                },
            ),
        ),
        null,
    )
