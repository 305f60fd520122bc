package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.ProtocolException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.WireLimits
import io.hypha.rpc.wire.allocatedBy
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.builtins.DoubleArraySerializer

class MalformedValueSpec :
    FunSpec({
        val broken: List<Map<String, Any?>> =
            listOf(
                mapOf("_rtype" to "set"),
                mapOf("_rtype" to "set", "_rvalue" to 5),
                mapOf("_rtype" to "orderedmap", "_rvalue" to listOf(1)),
                mapOf("_rtype" to "orderedmap", "_rvalue" to listOf(listOf(1))),
                mapOf("_rtype" to "orderedmap", "_rvalue" to "a"),
                mapOf("_rtype" to "memoryview", "_rvalue" to "text"),
                mapOf("_rtype" to "memoryview"),
                mapOf("_rtype" to "pydantic_model"),
                mapOf("_rtype" to "ndarray"),
                mapOf("_rtype" to "ndarray", "_rvalue" to listOf(1)),
                mapOf("_rtype" to "ndarray", "_rvalue" to 5),
                ndarray("int16", listOf(1), 1),
                ndarray("int16", listOf(2), 1, 2),
                ndarray("int8", listOf(-1), 1),
                ndarray("int8", listOf(65536, 65536), 1),
                ndarray("object", listOf(3), 1, 2, 3).minus("_rshape"),
                mapOf("_rtype" to "ndarray", "_rvalue" to bytesOf(1), "_rshape" to listOf("a"), "_rdtype" to "int8"),
                typedarray("float32", 1, 2, 3),
            )

        test("a typed value without what its tag promises is an error of the value, not a crash") {
            for (form in broken) withClue(form.toString()) { shouldThrow<EncodingException> { valueOf(form) } }
        }

        test("the same when a type is asked for") {
            for (form in broken) {
                withClue(form.toString()) {
                    shouldThrow<EncodingException> { typedValueOf<IntArray>(form) }
                    shouldThrow<EncodingException> { typedValueOf<NDArray>(form) }
                    shouldThrow<EncodingException> { typedValueOf<List<Int>>(form) }
                    shouldThrow<EncodingException> { typedValueOf<Int>(form) }
                }
            }
        }

        test("the error says what is wrong with an array") {
            problemAt("[0]") { valueOf(listOf(ndarray("int16", listOf(2), 1, 2))) } shouldContain "make 4"
            problemAt("a") { valueOf(mapOf("a" to typedarray("float32", 1, 2, 3))) } shouldContain "no whole number"
        }

        test("a message that ends too early is a protocol error at every byte, with and without a type") {
            val whole = encoded { ValueFormat().write(mapOf("x" to 1, "y" to 2, "s" to setOf(1), "a" to NDArray.scalar(1.0)), it, null) }
            val format = ValueFormat()
            for (size in 0 until whole.size) {
                val part = whole.slice(0, size)
                withClue("$size bytes") {
                    shouldThrow<ProtocolException> { format.read(MsgPackReader(part), null) }
                    shouldThrow<ProtocolException> { format.read(Point.serializer(), MsgPackReader(part), null) }
                    shouldThrow<ProtocolException> { format.read(format.serializer(shape<Map<String, Any>>()), MsgPackReader(part), null) }
                }
            }
        }

        test("a list that promises more numbers than follow is refused before there is an array of that size") {
            val lie = Bytes(byteArrayOf(0xdd.toByte(), 0, 0, 0x7f, 0xff.toByte(), 1, 2, 3))
            shouldThrow<ProtocolException> { ValueFormat().read(DoubleArraySerializer(), MsgPackReader(lie), null) }
            // The header fits the bytes, which are one text that is no number.
            val text =
                encoded {
                    it.writeArrayHeader(5000)
                    it.writeString("x".repeat(6000))
                }
            shouldThrow<ProtocolException> { ValueFormat().read(DoubleArraySerializer(), MsgPackReader(text), null) }
        }

        test("lists and maps that promise more than follows, one inside of the other, take no room for it") {
            val liars =
                encoded { out ->
                    repeat(40) {
                        out.writeMapHeader(1)
                        out.writeString("children")
                        out.writeArrayHeader(900_000)
                    }
                    out.writeBinary(ByteArray(1_000_000))
                }
            val allocated =
                allocatedBy { shouldThrow<HyphaException> { ValueFormat().read(Tree.serializer(), MsgPackReader(liars), null) } }
            (allocated < 10_000_000) shouldBe true
            val maps =
                encoded { out ->
                    repeat(40) {
                        out.writeMapHeader(400_000)
                        out.writeString("k")
                    }
                    out.writeBinary(ByteArray(1_000_000))
                }
            val nested = ValueFormat().serializer(shape<Map<String, Map<String, Map<String, Map<String, Map<String, Int>>>>>>())
            val inMaps = allocatedBy { shouldThrow<HyphaException> { ValueFormat().read(nested, MsgPackReader(maps), null) } }
            (inMaps < 10_000_000) shouldBe true
        }

        test("rows without elements are refused when there are too many of them, and read when there are few") {
            problemAt("") { typedValueOf<List<List<Int>>>(ndarray("int8", listOf(Int.MAX_VALUE, 0))) }
            typedValueOf<List<List<Int>>>(ndarray("int8", listOf(2, 0))) shouldBe listOf(emptyList(), emptyList())
            typedValueOf<NDArray>(ndarray("int8", listOf(Int.MAX_VALUE, 0))).size shouldBe 0
        }

        test("lists and maps of any size are read whole") {
            for (size in listOf(4096, 4097, 10_000)) {
                val numbers = List(size) { it }
                typedValueOf<List<Int>>(numbers) shouldBe numbers
                typedValueOf<Set<Int>>(numbers) shouldBe numbers.toSet()
                typedValueOf<Flow<Int>>(numbers).toList() shouldBe numbers
                typedValueOf<IntArray>(numbers).asList() shouldBe numbers
                typedValueOf<Map<Int, Int>>(numbers.associateBy { it.toString() }) shouldBe numbers.associateBy { it }
                typedValueOf<Map<Int, Int>>(orderedmap(*numbers.map { it to it }.toTypedArray())) shouldBe numbers.associateBy { it }
            }
            problemAt("[4999]") { typedValueOf<List<Int>>(List(5000) { if (it == 4999) "x" else it }) }
            problemAt("4999") { typedValueOf<Map<String, Int>>(List(5000) { it.toString() to if (it == 4999) "x" else it }.toMap()) }
        }

        test("nesting beyond the limit is a protocol error, whatever is asked for") {
            val format = ValueFormat(limits = WireLimits(maxDepth = 20))
            val deep = encoded { out -> repeat(21) { out.writeArrayHeader(1) }.also { out.writeNil() } }
            val trees =
                encoded { out ->
                    repeat(11) {
                        out.writeMapHeader(1)
                        out.writeString("children")
                        out.writeArrayHeader(1)
                    }
                    out.writeMapHeader(0)
                }
            shouldThrow<ProtocolException> { format.read(MsgPackReader(deep, format.limits), null) }
            shouldThrow<ProtocolException> { format.read(Tree.serializer(), MsgPackReader(trees, format.limits), null) }
        }

        test("what is wrong deep inside costs one exception, and its path is not as long as the keys of a peer") {
            val key = "k".repeat(10_000)
            val deep =
                encoded { out ->
                    repeat(90) {
                        out.writeMapHeader(1)
                        out.writeString(key)
                    }
                    out.writeMapHeader(1)
                    out.writeString("_rtype")
                    out.writeString("set")
                }
            lateinit var failure: EncodingException
            val read = { failure = shouldThrow<EncodingException> { ValueFormat().read(MsgPackReader(deep), null) } }
            read()
            (allocatedBy(read) < 3_000_000) shouldBe true
            failure.path shouldContain "k".repeat(100) + "…."
            (failure.path.length < 2100) shouldBe true
        }

        test("an unknown extension is a protocol error that names its type") {
            val extension = Bytes(byteArrayOf(0xd4.toByte(), 5, 0))
            shouldThrow<ProtocolException> { ValueFormat().read(MsgPackReader(extension), null) }.message shouldContain "5"
        }
    })
