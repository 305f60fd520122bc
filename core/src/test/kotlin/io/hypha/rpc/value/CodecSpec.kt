package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.flow.flowOf
import kotlinx.serialization.Contextual
import kotlinx.serialization.Serializable

class CodecSpec :
    FunSpec({
        val pixels = codec<Pixels>("pixels", { mapOf("data" to it.data, "unit" to "px") }, { Pixels(it["data"] as NDArray) })

        fun formatOf(vararg codecs: Codec<*>) = ValueFormat(Codecs().apply { codecs.forEach(::register) })

        val form = mapOf("_rtype" to "pixels", "data" to typedarray("int8", 1, 2), "unit" to "px")
        val value = Pixels(NDArray.of(byteArrayOf(1, 2)))

        test("a value is encoded as a map with the codec's name, and decoded again, nested anywhere") {
            val format = formatOf(pixels)
            wireOf(listOf(mapOf("p" to value)), format) shouldBe listOf(mapOf("p" to form))
            valueOf(listOf(mapOf("p" to form)), format) shouldBe listOf(mapOf("p" to value))
        }

        test("the decoder receives the decoded values and the tag, wherever that stands") {
            var received: Map<String, Any?> = emptyMap()
            val format =
                formatOf(
                    codec<Pixels>("pixels", decoder = {
                        received = it
                        value
                    }),
                )
            valueOf(linkedMapOf("s" to set(1L), "_rtype" to "pixels"), format) shouldBe value
            received shouldBe mapOf("s" to setOf(1L), "_rtype" to "pixels")
        }

        test("an encoder may return its own tag, functions, streams, or a value that is no map") {
            wireOf(value, formatOf(codec<Pixels>("p", { mapOf("_rtype" to "other") }))) shouldBe mapOf("_rtype" to "other")
            wireOf(value, formatOf(codec<Pixels>("p", { listOf(1, 2) }))) shouldBe listOf(1L, 2L)
            val format = formatOf(codec<Pixels>("p", { mapOf("get" to FakeLocalFunction, "all" to flowOf(1)) }))
            val references = FakeReferences(format)
            val wire = wireOf(value, format, references) as Map<*, *>
            wire["_rtype"] shouldBe "p"
            (wire["get"] as Map<*, *>)["_rtype"] shouldBe "method"
            (wire["all"] as Map<*, *>)["_rtype"] shouldBe "generator"
        }

        test("a codec comes before the built-in forms in both directions") {
            val format =
                formatOf(
                    codec<NDArray>("image", { mapOf("rank" to it.rank) }, null),
                    codec<Set<*>>("set", null, { setOf("decoded by the codec") }),
                )
            wireOf(NDArray.scalar(1.0), format) shouldBe mapOf("_rtype" to "image", "rank" to 0L)
            valueOf(set(1L), format) shouldBe setOf("decoded by the codec")
        }

        test("primitives and functions cannot be taken over") {
            val format =
                formatOf(codec<String>("s", { "changed" }), codec<Int>("i", { 0 }), codec<Referable>("f", { "changed" }))
            wireOf(listOf("text", 5), format) shouldBe listOf("text", 5L)
            (wireOf(FakeLocalFunction, format, FakeReferences(format)) as Map<*, *>)["_rtype"] shouldBe "method"
        }

        test("subclasses are encoded, by the first codec registered that fits") {
            open class Animal

            class Dog : Animal()
            val format = formatOf(codec<Animal>("animal", { mapOf<String, Any>() }), codec<Dog>("dog", { mapOf<String, Any>() }))
            wireOf(Dog(), format) shouldBe mapOf("_rtype" to "animal")
        }

        test("registering replaces codecs of the same name or type, also for classes seen before") {
            val codecs = Codecs()
            val format = ValueFormat(codecs)
            codecs.register(codec<Pixels>("a", { mapOf<String, Any>() }))
            wireOf(value, format) shouldBe mapOf("_rtype" to "a")
            codecs.register(codec<Pixels>("b", { mapOf<String, Any>() }))
            wireOf(value, format) shouldBe mapOf("_rtype" to "b")
            codecs.register(codec<StringBuilder>("b", { mapOf<String, Any>() }))
            shouldThrow<EncodingException> { wireOf(value, format) }
        }

        test("defaults are tried after all that are registered") {
            val codecs = Codecs(listOf(codec<CharSequence>("default", { mapOf<String, Any>() })))
            val format = ValueFormat(codecs)
            wireOf(StringBuilder(), format) shouldBe mapOf("_rtype" to "default")
            codecs.register(codec<StringBuilder>("mine", { mapOf<String, Any>() }))
            wireOf(StringBuilder(), format) shouldBe mapOf("_rtype" to "mine")
        }

        test("a failing encoder or decoder is an error of the value, with its path and without its content") {
            val format = formatOf(codec<Pixels>("p", { "secret".toInt() }, { "secret".toInt().let { value } }))
            problemAt("k") { wireOf(mapOf("k" to value), format) } shouldContain "'p'"
            val problem = problemAt("[0]") { valueOf(listOf(mapOf("_rtype" to "p")), format) }
            problem shouldContain "NumberFormatException"
            problem shouldNotContain "secret"
            val casting = formatOf(pixels)
            problemAt("") { valueOf(mapOf("_rtype" to "pixels"), casting) } shouldContain "NullPointerException"
        }

        test("an encoder's own complaint is passed on") {
            val format = formatOf(codec<Pixels>("p", { throw EncodingException("too many pixels") }))
            problemAt("[0]") { wireOf(listOf(value), format) } shouldBe "too many pixels"
        }

        test("a codec needs a name, and something to do") {
            shouldThrow<IllegalArgumentException> { codec<Pixels>("", { it }) }
            shouldThrow<IllegalArgumentException> { codec<Pixels>("p") }
        }

        test("a class with a codec can be asked for, in lists and as a contextual member") {
            val format = formatOf(pixels)
            typedValueOf<Pixels>(form, format) shouldBe value
            typedValueOf<List<Pixels?>>(listOf(form, null), format) shouldBe listOf(value, null)
            typedValueOf<Framed>(mapOf("pixels" to form), format) shouldBe Framed(value)
            typedWireOf(Framed(value), format) shouldBe mapOf("pixels" to form)
            problemAt("pixels") { typedValueOf<Framed>(mapOf("pixels" to mapOf("a" to 1)), format) } shouldContain "Pixels"
        }

        test("a class that has a codec only since now can be asked for at once") {
            val codecs = Codecs()
            val format = ValueFormat(codecs)
            shouldThrow<EncodingException> { format.serializer(shape<Pixels>()) }
            codecs.register(pixels)
            typedValueOf<Pixels>(form, format) shouldBe value
        }

        test("of a serializable class with a codec, the codec writes all instances and reads the maps with its tag") {
            val format =
                formatOf(
                    codec<Point>("point", { mapOf("at" to listOf(it.x, it.y)) }, {
                        val (x, y) = it["at"] as List<*>
                        Point((x as Long).toInt(), (y as Long).toInt())
                    }),
                )
            val coded = mapOf("at" to listOf(1L, 2L), "_rtype" to "point")
            typedWireOf(listOf(Point(1, 2)), format) shouldBe listOf(coded)
            wireOf(Point(1, 2), format) shouldBe coded
            typedValueOf<List<Point>>(listOf(coded, mapOf("x" to 3, "y" to 4)), format) shouldBe listOf(Point(1, 2), Point(3, 4))
        }

        test("a class whose codec only decodes is written by its serializer, or not at all") {
            val decoding = codec<Point>("point", decoder = { Point(0, 0) })
            typedWireOf(Point(1, 2), formatOf(decoding)) shouldBe mapOf("x" to 1L, "y" to 2L)
            val format = formatOf(codec<Pixels>("pixels", decoder = { value }))
            shouldThrow<EncodingException> { wireOf(value, format) }.problem shouldContain "Unsupported"
            shouldThrow<EncodingException> { typedWireOf(value, format) }.problem shouldContain "Unsupported"
        }

        test("without a decoder the map stays a map with its tag") {
            valueOf(form, formatOf(codec<Pixels>("pixels", { it.data }))).shouldBeInstanceOf<Map<*, *>>()["_rtype"] shouldBe "pixels"
        }
    })

internal data class Pixels(
    val data: NDArray,
)

@Serializable
internal data class Framed(
    @Contextual val pixels: Pixels,
)
