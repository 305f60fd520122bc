package io.hypha.rpc.service

import io.hypha.rpc.call.param
import io.hypha.rpc.value.Codecs
import io.hypha.rpc.value.ValueFormat
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.modules.SerializersModule
import kotlinx.serialization.modules.polymorphic
import kotlinx.serialization.modules.subclass
import org.junit.jupiter.api.Test

/** Classes in classes: where they are described, and by whose words (protocol §4.7). */
class TypeSchemasTest {
    interface Animal

    @Serializable
    class Dog(
        val name: String,
    ) : Animal

    @Test
    fun `a class that is used twice is described once`() {
        val parameters = schemaOf { function("f", param("trip")) { trip: Trip -> trip.from.x } }.getValue("parameters").jsonObject
        parameters.keys.toList() shouldContainExactly listOf("type", "properties", "required", "\$defs")
        parameters["\$defs"]!!.jsonObject.keys.toList() shouldContainExactly listOf("Place", "Color")
        val trip =
            """
            {"trip": {
              "type": "object",
              "properties": {
                "from": {"${'$'}ref": "#/${'$'}defs/Place", "description": "Where it begins"},
                "to": {"anyOf": [{"${'$'}ref": "#/${'$'}defs/Place"}, {"type": "null"}], "description": "Where it ends"},
                "colors": {
                  "type": "object",
                  "properties": {"first": {"${'$'}ref": "#/${'$'}defs/Color"}, "second": {"${'$'}ref": "#/${'$'}defs/Color"}},
                  "required": ["first", "second"]
                }
              },
              "required": ["from", "to", "colors"],
              "description": ""
            }}
            """
        parameters["properties"] shouldBe json(trip)
    }

    @Test
    fun `classes that contain themselves end in references, and those of one name keep apart`() {
        val parameters =
            schemaOf { function("f", param("a"), param("b")) { a: Tree, b: OtherTree? -> a to b?.next } }.getValue("parameters").jsonObject
        val expected =
            """
            {
              "type": "object",
              "properties": {
                "a": {"${'$'}ref": "#/${'$'}defs/Tree"},
                "b": {"anyOf": [{"${'$'}ref": "#/${'$'}defs/com_example_Tree"}, {"type": "null"}], "description": ""}
              },
              "required": ["a", "b"],
              "${'$'}defs": {
                "Tree": {
                  "type": "object",
                  "properties": {
                    "label": {"type": "string"},
                    "children": {"type": "array", "items": {"${'$'}ref": "#/${'$'}defs/Tree"}},
                    "parent": {"anyOf": [{"${'$'}ref": "#/${'$'}defs/Tree"}, {"type": "null"}]}
                  },
                  "required": ["label"]
                },
                "com_example_Tree": {
                  "type": "object",
                  "properties": {"next": {"anyOf": [{"${'$'}ref": "#/${'$'}defs/com_example_Tree"}, {"type": "null"}]}},
                  "required": []
                }
              }
            }
            """
        parameters shouldBe json(expected)
    }

    @Test
    fun `a value class that contains itself ends in a reference`() {
        val parameters = schemaOf { function("f", param("tree")) { tree: Branches -> tree } }.getValue("parameters")
        val branches = """{"type": "array", "items": {"${'$'}ref": "#/${'$'}defs/Branches"}}"""
        parameters shouldBe
            json(
                """
                {"type": "object", "properties": {"tree": {"${'$'}ref": "#/${'$'}defs/Branches"}}, "required": ["tree"],
                 "${'$'}defs": {"Branches": $branches}}
                """,
            )
    }

    @Test
    fun `a generic class with different arguments is two types`() {
        val properties = propertiesOf { function("f", param("a"), param("b")) { a: Box<Int>, b: Box<String> -> a to b } }
        properties["a"]!!.jsonObject["properties"] shouldBe json("""{"content": {"type": "integer"}}""")
        properties["b"]!!.jsonObject["properties"] shouldBe json("""{"content": {"type": "string"}}""")
    }

    @Test
    fun `a sealed class that contains itself names its subclasses, values under a key of their own`() {
        val parameters = schemaOf { function("f", param("term")) { term: Term? -> term } }.getValue("parameters").jsonObject
        parameters["properties"] shouldBe
            json("""{"term": {"anyOf": [{"${'$'}ref": "#/${'$'}defs/Term"}, {"type": "null"}], "description": ""}}""")
        val term =
            """
            {"Term": {"anyOf": [
              {
                "type": "object",
                "properties": {"type": {"type": "string", "const": "literal"}, "value": {"type": "integer"}},
                "required": ["type", "value"]
              },
              {
                "type": "object",
                "properties": {
                  "type": {"type": "string", "const": "sum"},
                  "left": {"${'$'}ref": "#/${'$'}defs/Term"},
                  "right": {"${'$'}ref": "#/${'$'}defs/Term"}
                },
                "required": ["type", "left", "right"],
                "description": "A sum of two"
              }
            ]}}
            """
        parameters["\$defs"] shouldBe json(term)
    }

    @Test
    fun `null joins the choices of a sealed class, and is not added to what may be anything`() {
        val properties = propertiesOf { function("f", param("a"), param("b")) { a: Figure?, b: List<Any?> -> a to b } }
        (properties["a"]!!.jsonObject["anyOf"] as List<*>).last() shouldBe json("""{"type": "null"}""")
        (properties["a"]!!.jsonObject["anyOf"] as List<*>).size shouldBe 3
        properties["b"] shouldBe json("""{"type": "array", "items": {}, "description": ""}""")
    }

    @Test
    fun `contextual members are what is registered for them`() {
        val schema = propertiesOf { function("f", param("a")) { a: Attachment -> a.data } }["a"]!!.jsonObject
        schema["properties"] shouldBe
            json("""{"data": {"type": "string", "format": "binary"}, "note": {}, "lines": {"type": "array", "items": {}}}""")
    }

    @Test
    fun `open classes have the subclasses that are registered, and without any are anything`() {
        val module = SerializersModule { polymorphic(Animal::class) { subclass(Dog::class) } }
        val known = schemaOf(format = ValueFormat(Codecs(), module)) { function("f", param("a")) { a: Animal -> a } }
        val dog =
            known["parameters"]!!
                .jsonObject["properties"]!!
                .jsonObject["a"]!!
                .jsonObject["anyOf"] as List<*>
        dog.size shouldBe 1
        propertiesOf { function("f", param("a")) { a: Animal -> a } }["a"] shouldBe json("""{"description": ""}""")
    }

    @Test
    fun `a parameter's own description comes before that of its class`() {
        val properties = propertiesOf { function("f", param("a", "Mine"), param("b")) { a: Box<Place>, b: Sum -> a to b } }
        properties["a"]!!.jsonObject["description"] shouldBe json("\"Mine\"")
        properties["b"]!!.jsonObject["description"] shouldBe json("\"A sum of two\"")
    }
}

@JvmInline
@Serializable
private value class Branches(
    val all: List<Branches>,
)
