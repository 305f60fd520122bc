package io.hypha.rpc.service

import io.hypha.rpc.call.param
import io.hypha.rpc.wire.Bytes
import io.kotest.matchers.shouldBe
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.PrimitiveSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Test

/** Default values in schemas (protocol §4.7): a parameter with one is not required, and JSON values are given. */
class ParameterDefaultsTest {
    @Test
    fun `defaults are given as JSON has them`() {
        val schema =
            schemaOf {
                function("f", param("a", default = 2), param("b", default = Color.Green), param("c", default = Place(1.0)), param("d")) {
                    a: Double,
                    b: Color?,
                    c: Place,
                    d: Any?,
                    ->
                    listOf(a, b, c, d)
                }
            }
        val parameters = schema.getValue("parameters").jsonObject
        parameters["required"] shouldBe json("""["d"]""")
        val properties = parameters.getValue("properties").jsonObject
        properties["a"]!!.jsonObject["default"] shouldBe json("2.0")
        properties["b"]!!.jsonObject["default"] shouldBe json("\"dark-green\"")
        properties["c"]!!.jsonObject["default"] shouldBe json("""{"x": 1.0, "y": 0.0, "name": null}""")
        properties["d"]!!.jsonObject.containsKey("default") shouldBe false
    }

    @Test
    fun `null is a default of what may be null`() {
        val properties =
            propertiesOf { function("f", param("a", default = null), param("b", default = null)) { a: Int?, b: Any? -> a to b } }
        properties["a"]!!.jsonObject["default"] shouldBe json("null")
        properties["b"]!!.jsonObject["default"] shouldBe json("null")
    }

    @Test
    fun `a default that JSON cannot express is left out, and the parameter stays optional`() {
        val schema =
            schemaOf {
                function("f", param("a", default = Bytes(ByteArray(1))), param("b", default = Double.NaN), param("c", default = null)) {
                    a: Bytes,
                    b: Double,
                    c: Int,
                    ->
                    listOf(a, b, c)
                }
            }
        val parameters = schema.getValue("parameters").jsonObject
        parameters["required"] shouldBe json("[]")
        parameters
            .getValue("properties")
            .jsonObject.values
            .map { "default" in it.jsonObject } shouldBe listOf(false, false, false)
    }

    @Test
    fun `a default that would not fit its schema, or that its serializer refuses, is left out`() {
        val properties =
            propertiesOf {
                function(
                    "f",
                    param("bytes", default = byteArrayOf(1)),
                    param("entry", default = Shade.Dark),
                    param("value", default = Level(1)),
                    param("refused", default = Refused()),
                ) { bytes: ByteArray, entry: Tone, value: Tone, refused: Refused -> listOf(bytes, entry, value, refused) }
            }
        properties.values.map { "default" in it.jsonObject } shouldBe listOf(false, false, false, false)
    }

    @Test
    fun `plain values are defaults of parameters of any type`() {
        val properties = propertiesOf { function("f", param("a", default = listOf(1, "x", mapOf("k" to true)))) { a: Any? -> a } }
        properties["a"]!!.jsonObject["default"] shouldBe json("""[1, "x", {"k": true}]""")
    }
}

@Serializable
private sealed interface Tone

@Serializable
private enum class Shade : Tone { Dark, }

@JvmInline
@Serializable
private value class Level(
    val value: Int,
) : Tone

@Serializable(with = RefusingSerializer::class)
private class Refused

private object RefusingSerializer : KSerializer<Refused> {
    override val descriptor = PrimitiveSerialDescriptor("Refused", PrimitiveKind.INT)

    override fun serialize(
        encoder: Encoder,
        value: Refused,
    ): Unit = error("not now")

    override fun deserialize(decoder: Decoder): Refused = Refused()
}
