package io.hypha.rpc.value

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.serialization.modules.SerializersModule
import kotlinx.serialization.modules.polymorphic
import kotlinx.serialization.modules.subclass

class SubclassSpec :
    FunSpec({
        val figures = Group(listOf(Circle(1.5), Nothing, Group(emptyList())), note = "n")
        val form =
            mapOf(
                "type" to "group",
                "members" to
                    listOf(
                        mapOf("type" to "circle", "radius" to 1.5),
                        mapOf("type" to "nothing"),
                        mapOf("type" to "group", "members" to emptyList<Any>(), "note" to null),
                    ),
                "note" to "n",
            )

        test("an instance of a sealed class carries the name of its own class under 'type'") {
            typedWireOf<Figure>(figures) shouldBe form
            typedValueOf<Figure>(form) shouldBe figures
        }

        test("the name may stand anywhere in the map") {
            typedValueOf<Figure>(linkedMapOf("radius" to 2, "other" to listOf(1), "type" to "circle")) shouldBe Circle(2.0)
            typedValueOf<List<Figure>>(listOf(linkedMapOf("note" to "n", "members" to emptyList<Any>(), "type" to "group"))) shouldBe
                listOf(Group(emptyList(), "n"))
        }

        test("a subclass that is no map of fields stands under 'value'") {
            val label = mapOf("type" to "label", "value" to "text")
            typedWireOf<Figure>(Label("text")) shouldBe label
            typedValueOf<Figure>(label) shouldBe Label("text")
            typedValueOf<List<Figure>>(listOf(linkedMapOf("value" to "text", "x" to 1, "type" to "label"), form)) shouldBe
                listOf(Label("text"), figures)
            problemAt("") { typedValueOf<Figure>(mapOf("type" to "label")) } shouldContain "'value'"
        }

        test("a subclass with a field called 'type' cannot be written") {
            problemAt("[0]") { typedWireOf<List<Figure>>(listOf(Odd("t"))) } shouldContain "@SerialName"
        }

        test("an unknown or missing name is refused, with the path and without the name") {
            val problem = problemAt("members[0]") { typedValueOf<Group>(mapOf("members" to listOf(mapOf("type" to "secret")))) }
            problem shouldContain "Figure"
            problem shouldNotContain "secret"
            problemAt("") { typedValueOf<Figure>(mapOf("radius" to 1)) } shouldContain "'type'"
            problemAt("") { typedValueOf<Figure>(mapOf("type" to 5)) }
            problemAt("") { typedValueOf<Figure>(5) } shouldContain "an integer"
        }

        test("an error inside of a subclass has the path of its field") {
            problemAt("members[1].radius") {
                typedValueOf<Figure>(
                    mapOf(
                        "type" to "group",
                        "members" to listOf(mapOf("type" to "nothing"), mapOf("type" to "circle", "radius" to "a")),
                    ),
                )
            }
        }

        test("open classes are found through the module") {
            val format = ValueFormat(module = SerializersModule { polymorphic(Any::class) { subclass(Point::class) } })
            val strategy = kotlinx.serialization.PolymorphicSerializer(Any::class)
            val name = Point.serializer().descriptor.serialName
            wireTree { format.write(strategy, Point(1, 2), it, null) } shouldBe mapOf("type" to name, "x" to 1L, "y" to 2L)
            format.read(strategy, wire(mapOf("x" to 1, "type" to name, "y" to 2)), null) shouldBe Point(1, 2)
        }

        test("an instance that the module does not know is written as what it is") {
            val format = ValueFormat(module = SerializersModule { polymorphic(Any::class) { subclass(Point::class) } })
            val strategy = kotlinx.serialization.PolymorphicSerializer(Any::class)
            wireTree { format.write(strategy, Circle(1.0), it, null) } shouldBe mapOf("radius" to 1.0)
            format.read(strategy, wire(listOf(1)), null) shouldBe listOf(1L)
        }

        test("a value without its static type is written without the name") {
            wireOf(Circle(1.0)) shouldBe mapOf("radius" to 1.0)
        }
    })
