package io.hypha.rpc.jvm

import io.hypha.rpc.EncodingException
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import kotlinx.coroutines.flow.Flow
import java.lang.reflect.Type
import java.util.concurrent.TimeUnit
import kotlin.reflect.javaType
import kotlin.reflect.typeOf

class JavaShapesTest :
    FunSpec({
        test("classes are read as what they are") {
            read(5, Int::class.javaObjectType) shouldBe 5
            read(5, Double::class.javaObjectType) shouldBe 5.0
            read("text", String::class.java) shouldBe "text"
            read(byteArrayOf(1, 2), ByteArray::class.java) shouldBe byteArrayOf(1, 2)
            read(floatArrayOf(1f, 2f), FloatArray::class.java) shouldBe floatArrayOf(1f, 2f)
            read(NDArray.of(intArrayOf(1, 2), 2, 1), NDArray::class.java) shouldBe NDArray.of(intArrayOf(1, 2), 2, 1)
            read(listOf("a", "b"), Array<String>::class.java) shouldBe arrayOf("a", "b")
            read("SECONDS", TimeUnit::class.java) shouldBe TimeUnit.SECONDS
        }

        test("nil is null as a result, and refused as a primitive or a parameter that has to be given") {
            read(null, Int::class.javaObjectType) shouldBe null
            shouldThrow<EncodingException> { read(null, Int::class.javaPrimitiveType!!) }
            shouldThrow<EncodingException> { read(null, shapes.required<Any?>(String::class.java)) }
            read(null, shapes.required<Any?>(Any::class.java)) shouldBe null
        }

        test("collections are read with their type arguments, and their elements may be null") {
            read(listOf(1, null), javaType<List<Int>>()) shouldBe listOf(1, null)
            read(mapOf("a" to listOf(1)), javaType<Map<String, List<Double>>>()) shouldBe mapOf("a" to listOf(1.0))
            read(setOf(1), javaType<Set<Long>>()) shouldBe setOf(1L)
            read(listOf(1), javaType<MutableList<out Number>>()) shouldBe listOf("known 1")
            read(listOf(listOf(1)), javaType<Array<List<Int>>>()) shouldBe arrayOf(listOf(1))
        }

        test("classes that Java knows are made of whatever arrived") {
            read("x", Any::class.java) shouldBe "known x"
            read(mapOf("a" to 1), javaType<Map<String, Any>>()) shouldBe mapOf("a" to "known 1")
            shouldThrow<EncodingException> { read("x", Number::class.java) }.message shouldBe "Expected java.lang.Number, found text"
        }

        test("a class without a form on the wire is refused by name, before anything is read") {
            val expected =
                "java.lang.Runnable can be neither sent nor received, for it is an interface. Use a record, or a bean (a class with a public " +
                    "constructor without parameters and with getters and setters), or register a HyphaCodec for it"
            shouldThrow<EncodingException> { read(1, Runnable::class.java) }.message shouldBe expected
            shouldThrow<EncodingException> { read(1, JavaShapesTest::class.java) }
            shouldThrow<EncodingException> { read(1, javaType<List<Runnable>>()) }.message shouldBe expected
        }

        test("shapes of the same type are equal") {
            shapes.nullable<Any?>(javaType<List<Int>>()) shouldBe shapes.nullable(javaType<List<Int>>())
            shapes.stream<Any?>(String::class.java) shouldBe shapes.stream(String::class.java)
            shapes.required<Any?>(String::class.java) shouldNotBe shapes.nullable<Any?>(String::class.java)
        }
    })

/** Marks what goes through it; it has no numbers. */
private object Marking : JavaValues {
    override fun knows(type: Class<*>): Boolean = type == Any::class.java || type == Number::class.java

    override fun fit(
        value: Any,
        type: Class<*>,
    ): Any? = if (type == Number::class.java && value !is Number) null else "known $value"

    override fun isStream(type: Class<*>): Boolean = false

    override fun stream(
        items: Flow<Any?>,
        type: Class<*>,
    ): Any = items
}

private val shapes = JavaShapes(Marking)

private fun read(
    value: Any?,
    type: Type,
): Any? = read(value, shapes.nullable<Any?>(type))

private fun read(
    value: Any?,
    shape: Shape<Any?>,
): Any? {
    val format = ValueFormat()
    val serializer = format.serializer(shape)
    val out = MsgPackWriter()
    format.write(value, out, null)
    return format.read(serializer, MsgPackReader(out.finish().toBytes()), null)
}

@OptIn(ExperimentalStdlibApi::class)
private inline fun <reified T> javaType(): Type = typeOf<T>().javaType
