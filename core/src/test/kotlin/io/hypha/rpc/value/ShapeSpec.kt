package io.hypha.rpc.value

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.builtins.serializer

class ShapeSpec :
    FunSpec({
        val format = ValueFormat()

        class Plain

        test("shapes of the same type are equal, and their serializer is looked up once") {
            shape<List<Int?>>() shouldBe shape<List<Int?>>()
            shape<List<Int>>() shouldNotBe shape<List<Int?>>()
            format.serializer(shape<List<Int?>>()) shouldBeSameInstanceAs format.serializer(shape<List<Int?>>())
            shape(Point::class) shouldBe shape(Point::class)
            shape(Int.serializer()) shouldBe shape(Int.serializer())
            shape<Point>().hashCode() shouldBe shape<Point>().hashCode()
            shape(Point::class).hashCode() shouldBe shape(Point::class).hashCode()
        }

        test("nullability is part of the shape") {
            format.serializer(shape<String?>()).descriptor.isNullable shouldBe true
            format.serializer(shape<String>()).descriptor.isNullable shouldBe false
            format.serializer(shape<Any?>()).descriptor.isNullable shouldBe true
            format.serializer(shape<Any>()).descriptor.isNullable shouldBe false
        }

        test("classes and serializers make shapes as well") {
            format.read(format.serializer(shape(Point::class)), wire(mapOf("x" to 1, "y" to 2)), null) shouldBe Point(1, 2)
            format.read(format.serializer(shape(Any::class)), wire(listOf(1)), null) shouldBe listOf(1L)
            format.serializer(shape(Int.serializer())) shouldBeSameInstanceAs Int.serializer()
        }

        test("a type that cannot be sent is named, with the type around it and what to do") {
            val problem = problemAt("") { format.serializer(shape<Map<String, List<Plain>>>()) }
            problem shouldContain "Plain"
            problem shouldContain "a part of"
            problem shouldContain "@Serializable"
            problemAt("") { format.serializer(shape(Plain::class)) } shouldContain "Plain"
            problemAt("") { format.serializer(shape<Flow<Plain>>()) } shouldContain "Plain"
        }

        test("a function type is refused with the hint to wrap it") {
            problemAt("") { format.serializer(shape<(Int) -> Unit>()) } shouldContain "callback {"
            problemAt("") { format.serializer(shape<List<(Int) -> Unit>>()) } shouldContain "callback {"
        }

        test("an open type argument stands for any value") {
            wireTree { format.write(format.serializer(shape<List<*>>()), listOf(1, "a", null), it, null) } shouldBe listOf(1L, "a", null)
            format.read(format.serializer(shape<Map<String, *>>()), wire(mapOf("a" to listOf(1))), null) shouldBe mapOf("a" to listOf(1L))
        }

        test("their text is the type") {
            shape<List<Int?>>().toString() shouldContain "List<kotlin.Int?>"
            shape(Point::class).toString() shouldBe "io.hypha.rpc.value.Point"
            shape(Int.serializer()).toString() shouldBe "kotlin.Int"
        }
    })
