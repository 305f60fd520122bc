package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlin.time.Instant

class SerializableClassSpec :
    FunSpec({
        test("a class is a map of its fields, those with default values included") {
            typedWireOf(Settings("a")) shouldBe
                mapOf("name" to "a", "retries" to 3L, "ratio" to 0.5, "note" to "none", "tags" to listOf("a"))
        }

        test("missing fields take their defaults, unknown ones are passed over whatever they hold") {
            typedValueOf<Settings>(mapOf("name" to "a")) shouldBe Settings("a")
            val extra = mapOf("x" to listOf(mapOf("y" to 1)), "name" to "a", "_rtype" to "settings", "_rvalue" to 5, "tags" to listOf("b"))
            typedValueOf<Settings>(extra) shouldBe Settings("a", tags = listOf("b"))
        }

        test("fields may come in any order, and the last of a duplicated key counts") {
            typedValueOf<Point>(linkedMapOf("y" to 2, "x" to 1)) shouldBe Point(1, 2)
            val twice =
                encoded {
                    it.writeMapHeader(3)
                    for ((key, value) in listOf("x" to 1L, "y" to 2L, "x" to 3L)) {
                        it.writeString(key)
                        it.writeLong(value)
                    }
                }
            MsgPack.Default.decodeFromBytes(Point.serializer(), twice) shouldBe Point(3, 2)
        }

        test("missing required fields are named, with the path to the object") {
            problemAt("") { typedValueOf<Point>(mapOf("x" to 1)) } shouldContain "field 'y' is missing"
            problemAt("[1]") { typedValueOf<List<Point>>(listOf(mapOf("x" to 1, "y" to 2), emptyMap<String, Any>())) } shouldContain
                "'x', 'y'"
        }

        test("a value that does not fit is named with path, type and form, never with its content") {
            val problem =
                problemAt("content.members[1].radius") {
                    typedValueOf<Box<Group>>(
                        mapOf(
                            "content" to
                                mapOf("members" to listOf(mapOf("type" to "nothing"), mapOf("type" to "circle", "radius" to "secret"))),
                        ),
                    )
                }
            problem shouldContain "Double"
            problem shouldContain "text"
            problem shouldNotContain "secret"
            problemAt("y") { typedValueOf<Point>(mapOf("x" to 1, "y" to 1L.shl(40))) } shouldContain "Int"
            problemAt("tags") { typedValueOf<Settings>(mapOf("name" to "a", "tags" to 5)) } shouldContain "a list"
            problemAt("d") { typedValueOf<Unsigned>(mapOf("a" to 1, "b" to 1, "c" to 1, "d" to -1, "e" to emptyList<Int>(), "f" to null)) }
            problemAt("e[0]") { typedValueOf<Unsigned>(mapOf("a" to 1, "b" to 1, "c" to 1, "d" to 1, "e" to listOf(-1), "f" to null)) }
            problemAt("c") { typedValueOf<Unsigned>(mapOf("a" to 1, "b" to 1, "c" to -1, "d" to 1, "e" to emptyList<Int>(), "f" to null)) }
            problemAt("content.x") { typedValueOf<Box<Wrapper>>(mapOf("content" to mapOf("x" to "a"))) }
            problemAt("content") { typedValueOf<Box<Id>>(mapOf("content" to 5)) }
        }

        test("nil is only for what may be null; for a field with a default it means the default") {
            typedValueOf<Settings>(mapOf("name" to "a", "note" to null, "retries" to null)) shouldBe Settings("a", note = null)
            problemAt("name") { typedValueOf<Settings>(mapOf("name" to null)) } shouldContain "nil"
            problemAt("") { typedValueOf<Int>(null) } shouldContain "nil"
            problemAt("[0]") { typedValueOf<List<Point>>(listOf(null)) } shouldContain "nil"
            typedValueOf<Point?>(null) shouldBe null
            typedValueOf<List<Int?>>(listOf(1, null)) shouldBe listOf(1, null)
        }

        test("a class whose constructor refuses the values says so, with the path") {
            val problem = problemAt("[0]") { typedValueOf<List<Checked>>(listOf(mapOf("port" to -1))) }
            problem shouldContain "A port is positive"
        }

        test("fields that their class leaves out are not announced") {
            typedWireOf(Sparse()) shouldBe mapOf("shown" to 2L)
            typedWireOf(listOf(Sparse(), Sparse(hidden = 7))) shouldBe listOf(mapOf("shown" to 2L), mapOf("hidden" to 7L, "shown" to 2L))
        }

        test("value classes are what they hold, unsigned members are exact") {
            typedWireOf(listOf(Id("a"))) shouldBe listOf("a")
            typedWireOf(Wrapper(Point(1, 2))) shouldBe mapOf("x" to 1L, "y" to 2L)
            typedValueOf<Box<Id>>(mapOf("content" to "b")) shouldBe Box(Id("b"))
            val unsigned = Unsigned(255u, 65535u, UInt.MAX_VALUE, ULong.MAX_VALUE, listOf(ULong.MAX_VALUE), null)
            val form =
                mapOf(
                    "a" to 255L,
                    "b" to 65535L,
                    "c" to 4294967295L,
                    "d" to ULong.MAX_VALUE,
                    "e" to listOf(ULong.MAX_VALUE),
                    "f" to null,
                )
            typedWireOf(unsigned) shouldBe form
            typedValueOf<Unsigned>(form) shouldBe unsigned
        }

        test("enums go by their serial names") {
            typedWireOf(listOf(Mood.Good, Mood.Bad)) shouldBe listOf("Good", "not-so-good")
            typedValueOf<List<Mood>>(listOf("not-so-good", "Good")) shouldBe listOf(Mood.Bad, Mood.Good)
            typedValueOf<Undeclared>("Two") shouldBe Undeclared.Two
            val problem = problemAt("") { typedValueOf<Mood>("secret") }
            problem shouldContain "Mood"
            problem shouldNotContain "secret"
            problemAt("") { typedValueOf<Mood>(0) } shouldContain "an integer"
        }

        test("generic and recursive classes work, the latter up to the depth limit") {
            typedWireOf(Box(listOf(1))) shouldBe mapOf("content" to listOf(1L))
            typedValueOf<Box<List<Int>>>(mapOf("content" to listOf(1))) shouldBe Box(listOf(1))
            val tree = Tree(listOf(Tree(), Tree(listOf(Tree()))))
            typedValueOf<Tree>(typedWireOf(tree)) shouldBe tree
            var deep = Tree()
            repeat(100) { deep = Tree(listOf(deep)) }
            shouldThrow<EncodingException> { typedWireOf(deep) }.problem shouldContain "contains itself"
        }

        test("members of this library's types take their own forms") {
            val value =
                Everything(
                    NDArray.of(floatArrayOf(1f, 2f), 1, 2),
                    OrderedMap(1 to "a"),
                    RemoteError("e", "t"),
                    MemoryView(byteArrayOf(1)),
                    Instant.fromEpochSeconds(5),
                    bytesOf(2),
                    mapOf("any" to setOf(1)),
                    byteArrayOf(3),
                    floatArrayOf(4f),
                )
            val form = typedWireOf(value) as Map<*, *>
            (form["array"] as Map<*, *>)["_rtype"] shouldBe "ndarray"
            form["map"] shouldBe orderedmap(1L to "a")
            form["error"] shouldBe mapOf("_rtype" to "error", "_rvalue" to "e", "_rtrace" to "t")
            form["view"] shouldBe memoryview(1)
            form["time"] shouldBe "1970-01-01T00:00:05Z"
            form["bytes"] shouldBe bytesOf(2)
            form["any"] shouldBe mapOf("any" to set(1L))
            form["raw"] shouldBe bytesOf(3)
            form["floats"] shouldBe typedarray("float32", 0, 0, 0x80, 0x40)

            val read = typedValueOf<Everything>(form)
            read.array shouldBe value.array
            read.map shouldBe value.map
            read.error shouldBe value.error
            read.view shouldBe value.view
            read.time shouldBe value.time
            read.bytes shouldBe value.bytes
            read.any shouldBe mapOf("any" to setOf(1L))
            read.raw shouldBe value.raw
            read.floats shouldBe value.floats
        }

        test("a pydantic model is read from its fields, wherever they stand; a tagged map from the fields beside the tag") {
            val fields = mapOf("x" to 1, "y" to 2)
            typedValueOf<Point>(linkedMapOf("_rtype" to "pydantic_model", "_rvalue" to fields, "_rschema" to mapOf("x" to 9))) shouldBe
                Point(1, 2)
            typedValueOf<List<Point>>(
                listOf(linkedMapOf("_rschema" to null, "_rvalue" to fields, "_rtype" to "pydantic_model"), fields),
            ) shouldBe listOf(Point(1, 2), Point(1, 2))
            typedValueOf<Point>(linkedMapOf("_rtype" to "pydantic-model", "x" to 1, "y" to 2)) shouldBe Point(1, 2)
            typedValueOf<Map<String, Int>>(linkedMapOf("_rvalue" to fields, "_rtype" to "pydantic_model")) shouldBe
                mapOf("x" to 1, "y" to 2)
            typedValueOf<Settings>(linkedMapOf("_rvalue" to mapOf("name" to "a"), "_rtype" to "pydantic_model")) shouldBe Settings("a")
            problemAt("") { typedValueOf<Point>(mapOf("_rtype" to "pydantic_model", "_rvalue" to 5)) } shouldContain "pydantic_model"
        }
    })
