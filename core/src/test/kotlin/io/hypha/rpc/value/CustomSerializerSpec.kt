package io.hypha.rpc.value

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.builtins.MapSerializer
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.buildClassSerialDescriptor
import kotlinx.serialization.descriptors.element
import kotlinx.serialization.encoding.CompositeDecoder
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.encoding.decodeStructure
import kotlinx.serialization.encoding.encodeCollection
import kotlinx.serialization.encoding.encodeStructure

/** Serializers that users write by hand use the format in other ways than generated ones. */
class CustomSerializerSpec :
    FunSpec({
        val format = ValueFormat()

        fun <T> written(
            serializer: KSerializer<T>,
            value: T,
        ): Any? = wireTree { format.write(serializer, value, it, null) }

        fun <T> read(
            serializer: KSerializer<T>,
            form: Any?,
        ): T = format.read(ListSerializer(serializer), wire(listOf(form, form)), null).distinct().single()

        test("a serializer may write fewer fields than it describes, and stop reading before the end") {
            written(FirstFieldOnly, 5) shouldBe mapOf("first" to 5L)
            read(FirstFieldOnly, linkedMapOf("first" to 5, "second" to listOf(1), "third" to 6)) shouldBe 5
        }

        test("a serializer may stop reading inside of a list or set") {
            read(FirstOfList, listOf(7, 8, 9)) shouldBe 7
            read(FirstOfList, set(7, 8)) shouldBe 7
            read(FirstOfList, typedarray("int8", 7, 8)) shouldBe 7
            read(FirstOfList, emptyList<Int>()) shouldBe -1
            written(FirstOfList, 7) shouldBe listOf(7L)
        }

        test("a serializer may read a map entry by entry") {
            read(FirstKey, linkedMapOf("k" to 1, "l" to 2)) shouldBe "k"
            read(FirstKey, orderedmap("k" to 1, "l" to 2)) shouldBe "k"
            read(FirstKey, emptyMap<String, Int>()) shouldBe ""
        }

        test("a serializer of an array of numbers keeps its say over the form") {
            written(AsText, floatArrayOf(1f, 2f)) shouldBe listOf("1.0", "2.0")
        }

        test("a list inside of a map of lists has its whole path") {
            problemAt("a[1][0]") {
                val lists = MapSerializer(String.serializer(), ListSerializer(ListSerializer(Int.serializer())))
                format.read(lists, wire(mapOf("a" to listOf(emptyList(), listOf("x")))), null)
            } shouldContain "Int"
        }

        test("an array in several pieces is put together, with and without a type") {
            val form =
                mapOf(
                    "_rtype" to "ndarray",
                    "_rvalue" to listOf(bytesOf(1, 0), bytesOf(2, 0)),
                    "_rshape" to listOf(2),
                    "_rdtype" to "int16",
                )
            valueOf(form) shouldBe NDArray.of(shortArrayOf(1, 2))
            typedValueOf<IntArray>(form) shouldBe intArrayOf(1, 2)
            typedValueOf<List<Int>>(form + ("_rvalue" to listOf(bytesOf(1, 0, 2, 0)))) shouldBe listOf(1, 2)
            typedValueOf<IntArray>(form + ("_rvalue" to emptyList<Any>()) + ("_rshape" to listOf(0))) shouldBe intArrayOf()
        }

        test("elements of an array are asked for as every type of number") {
            val form = ndarray("int8", listOf(2), 1, 0)
            typedValueOf<List<Byte>>(form) shouldBe listOf<Byte>(1, 0)
            typedValueOf<List<Short>>(form) shouldBe listOf<Short>(1, 0)
            typedValueOf<List<Long?>>(form) shouldBe listOf(1L, 0L)
            typedValueOf<List<Float>>(form) shouldBe listOf(1f, 0f)
            typedValueOf<List<Double>>(form) shouldBe listOf(1.0, 0.0)
            typedValueOf<List<UInt>>(form) shouldBe listOf(1u, 0u)
            for (refused in listOf<() -> Any?>(
                { typedValueOf<List<Char>>(form) },
                { typedValueOf<List<Mood>>(form) },
                { typedValueOf<List<Boolean>>(form) },
                { typedValueOf<List<Map<String, Int>>>(form) },
                { typedValueOf<List<Int>>(ndarray("complex64", listOf(1), 0, 0, 0, 0, 0, 0, 0, 0)) },
            )) {
                problemAt("[0]") { refused() }
            }
        }
    })

private object FirstFieldOnly : KSerializer<Int> {
    override val descriptor: SerialDescriptor =
        buildClassSerialDescriptor("FirstFieldOnly") {
            element<Int>("first")
            element<Int>("second")
        }

    override fun serialize(
        encoder: Encoder,
        value: Int,
    ) = encoder.encodeStructure(descriptor) { encodeIntElement(descriptor, 0, value) }

    override fun deserialize(decoder: Decoder): Int =
        decoder.decodeStructure(descriptor) {
            decodeElementIndex(descriptor)
            decodeIntElement(descriptor, 0)
        }
}

private object FirstOfList : KSerializer<Int> {
    override val descriptor: SerialDescriptor = ListSerializer(Int.serializer()).descriptor

    override fun serialize(
        encoder: Encoder,
        value: Int,
    ) = encoder.encodeCollection(descriptor, 1) { encodeIntElement(descriptor, 0, value) }

    override fun deserialize(decoder: Decoder): Int =
        decoder.decodeStructure(descriptor) {
            val index = decodeElementIndex(descriptor)
            if (index == CompositeDecoder.DECODE_DONE) -1 else decodeIntElement(descriptor, index)
        }
}

private object FirstKey : KSerializer<String> {
    override val descriptor: SerialDescriptor = MapSerializer(String.serializer(), Int.serializer()).descriptor

    override fun serialize(
        encoder: Encoder,
        value: String,
    ) = encoder.encodeCollection(descriptor, 0) {}

    override fun deserialize(decoder: Decoder): String =
        decoder.decodeStructure(descriptor) {
            val index = decodeElementIndex(descriptor)
            if (index == CompositeDecoder.DECODE_DONE) return@decodeStructure ""
            decodeStringElement(descriptor, index).also { decodeIntElement(descriptor, decodeElementIndex(descriptor)) }
        }
}

private object AsText : KSerializer<FloatArray> {
    private val texts = ListSerializer(String.serializer())

    override val descriptor: SerialDescriptor = texts.descriptor

    override fun serialize(
        encoder: Encoder,
        value: FloatArray,
    ) = encoder.encodeSerializableValue(texts, value.map { it.toString() })

    override fun deserialize(decoder: Decoder): FloatArray = decoder.decodeSerializableValue(texts).map { it.toFloat() }.toFloatArray()
}
