package io.hypha.rpc.service

import io.hypha.rpc.call.param
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.wire.RecordedFrame
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

/**
 * The same functions in Python and in Kotlin have the same schema (protocol §4.7). The expected ones are what the Python client's
 * `schema_function` makes with pydantic 2.13; that of `add` is also in the recorded frames.
 *
 * Compared is what they mean: references are replaced by what they refer to, except inside of a class that contains itself; the order of keys,
 * 2 or 2.0, `required` without a name, `additionalProperties` that allow everything, and descriptions that are empty or repeat the name of
 * the parameter make no difference. Defaults of a class's properties, which serializers do not know, are left aside.
 */
class PythonSchemaTest :
    FunSpec({
        val here =
            service("s") {
                function("add", param("a"), param("b", default = 2.0), description = "Adds two numbers") { a: Int, b: Double -> a + b }
                function("hello", param("name", "Whom to greet"), param("loud", "In capitals", default = false), "Greets a person") {
                    name: String,
                    loud: Boolean,
                    ->
                    if (loud) name.uppercase() else name
                }
                function(
                    "paint",
                    param("where", "Where to paint"),
                    param("color", default = Color.Red),
                    param("tags", "Words"),
                    param("sizes", "Sizes"),
                    description = "Paints a place",
                ) { where: Place, color: Color, tags: Set<String>, sizes: Map<String, Int> -> listOf(where, color, tags, sizes) }
                function("route", param("start"), param("end", default = null), param("via", "Between"), description = "Finds a way") {
                    start: Place,
                    end: Place?,
                    via: List<Place?>,
                    ->
                    listOf(start, end, via)
                }
                function("grow", param("tree"), param("note", default = null), description = "Grows a tree") { tree: Tree, note: String? ->
                    tree to note
                }
                function("draw", param("figure"), param("data"), param("extra", default = null), description = "Draws a figure") {
                    figure: Figure,
                    data: ByteArray,
                    extra: Any?,
                    ->
                    listOf(figure, data, extra)
                }
            }

        for ((name, schema) in python) {
            test("$name is described as in Python") {
                val ours = json(here.schemas(ValueFormat()).of("services.s.$name")).jsonObject
                meaningOf(ours) shouldBe meaningOf(json(schema).jsonObject)
            }
        }

        test("functions of the recorded Python provider are described as it describes them") {
            val recorded =
                RecordedFrame.all.firstNotNullOf { frame ->
                    val arguments = (frame.segments.getOrNull(1) as? JsonObject)?.get("args") as? JsonArray
                    val info = arguments?.firstOrNull() as? JsonObject
                    (info?.get("service_schema") as? JsonObject)?.takeIf { "acounter" in it }
                }
            val vec =
                service("vec") {
                    function("add", param("a"), param("b", default = 2.0), "Add two numbers.\n\nArgs:\n    a: first\n    b: second") {
                        a: Int,
                        b: Double,
                        ->
                        a + b
                    }
                    function("echo", param("x")) { x: String -> x }
                    function("call_me", param("cb"), param("n")) { cb: String, n: String -> cb + n }
                    function("types") { }
                }
            for (name in vec.members.keys) {
                withClue(name) {
                    val theirs = recorded.getValue(name).jsonObject.getValue("function")
                    meaningOf(json(vec.schemas(ValueFormat()).of("services.vec.$name")).jsonObject) shouldBe meaningOf(theirs.jsonObject)
                }
            }
        }

        test("schemas that say something else are not the same") {
            val add = json(python.getValue("add")).jsonObject
            val other = json(python.getValue("add").replace("\"integer\"", "\"number\"")).jsonObject
            (meaningOf(add) == meaningOf(other)) shouldBe false
        }
    })

private val python =
    mapOf(
        "add" to
            """{"name": "add", "description": "Adds two numbers", "parameters": {"properties": {"a": {"description": "a",
            "type": "integer"}, "b": {"default": 2.0, "type": "number"}}, "required": ["a"], "type": "object"}}""",
        "hello" to
            """{"name": "hello", "description": "Greets a person", "parameters": {"properties": {"name": {"description":
            "Whom to greet", "type": "string"}, "loud": {"default": false, "description": "In capitals", "type": "boolean"}},
            "required": ["name"], "type": "object"}}""",
        "paint" to
            """{"name": "paint", "description": "Paints a place", "parameters": {"${'$'}defs": {"Color": {"enum": ["Red",
            "dark-green"], "type": "string"}, "Place": {"description": "A place", "properties": {"x": {"description":
            "To the right", "type": "number"}, "y": {"default": 0.0, "type": "number"}, "name": {"anyOf": [{"type": "string"},
            {"type": "null"}], "default": null}}, "required": ["x"], "type": "object"}}, "properties": {"where": {"${'$'}ref":
            "#/${'$'}defs/Place", "description": "Where to paint"}, "color": {"${'$'}ref": "#/${'$'}defs/Color", "default": "Red"},
            "tags": {"description": "Words", "items": {"type": "string"}, "type": "array", "uniqueItems": true}, "sizes":
            {"additionalProperties": {"type": "integer"}, "description": "Sizes", "type": "object"}}, "required": ["where",
            "tags", "sizes"], "type": "object"}}""",
        "route" to
            """{"name": "route", "description": "Finds a way", "parameters": {"${'$'}defs": {"Place": {"description": "A place",
            "properties": {"x": {"description": "To the right", "type": "number"}, "y": {"default": 0.0, "type": "number"},
            "name": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": null}}, "required": ["x"], "type": "object"}},
            "properties": {"start": {"${'$'}ref": "#/${'$'}defs/Place", "description": "start"}, "end": {"anyOf": [{"${'$'}ref":
            "#/${'$'}defs/Place"}, {"type": "null"}], "default": null}, "via": {"description": "Between", "items": {"anyOf":
            [{"${'$'}ref": "#/${'$'}defs/Place"}, {"type": "null"}]}, "type": "array"}}, "required": ["start", "via"],
            "type": "object"}}""",
        "grow" to
            """{"name": "grow", "description": "Grows a tree", "parameters": {"${'$'}defs": {"Tree": {"properties": {"label":
            {"type": "string"}, "children": {"default": [], "items": {"${'$'}ref": "#/${'$'}defs/Tree"}, "type": "array"}, "parent":
            {"anyOf": [{"${'$'}ref": "#/${'$'}defs/Tree"}, {"type": "null"}], "default": null}}, "required": ["label"], "type":
            "object"}}, "properties": {"tree": {"${'$'}ref": "#/${'$'}defs/Tree", "description": "tree"}, "note": {"anyOf": [{"type":
            "string"}, {"type": "null"}], "default": null}}, "required": ["tree"], "type": "object"}}""",
        "draw" to
            """{"name": "draw", "description": "Draws a figure", "parameters": {"${'$'}defs": {"Circle": {"properties": {"type":
            {"const": "circle", "type": "string"}, "radius": {"type": "number"}}, "required": ["type", "radius"], "type":
            "object"}, "Dot": {"properties": {"type": {"const": "dot", "type": "string"}}, "required": ["type"], "type":
            "object"}}, "properties": {"figure": {"anyOf": [{"${'$'}ref": "#/${'$'}defs/Circle"}, {"${'$'}ref": "#/${'$'}defs/Dot"}],
            "description": "figure"}, "data": {"description": "data", "format": "binary", "type": "string"}, "extra":
            {"default": null}}, "required": ["figure", "data"], "type": "object"}}""",
    )

private fun meaningOf(function: JsonObject): JsonElement {
    val parameters = function.getValue("parameters").jsonObject
    return JsonObject(function + ("parameters" to Meaning(parameters["\$defs"]?.jsonObject.orEmpty()).of(parameters, emptySet(), 0)))
}

private class Meaning(
    private val definitions: Map<String, JsonElement>,
) {
    fun of(
        schema: JsonObject,
        within: Set<String>,
        depth: Int,
    ): JsonElement {
        val name = (schema["\$ref"] as JsonPrimitive?)?.content?.substringAfterLast('/')
        val whole = if (name == null || name in within) schema else JsonObject(definitions.getValue(name).jsonObject + (schema - "\$ref"))
        val inside = if (name == null) within else within + name
        val kept = whole.filterNot { (key, value) -> saysNothing(key, value) || (key == "default" && depth > 1) }
        return JsonObject(kept.mapValues { (key, value) -> part(key, value, inside, depth) })
    }

    private fun part(
        key: String,
        value: JsonElement,
        within: Set<String>,
        depth: Int,
    ): JsonElement =
        when {
            key == "properties" -> {
                properties(value.jsonObject, within, depth + 1)
            }

            key == "default" -> {
                value
                    .let { it as? JsonPrimitive }
                    ?.takeIf { it !is JsonNull && !it.isString }
                    ?.doubleOrNull
                    .orValue(value)
            }

            value is JsonObject -> {
                of(value, within, depth + 1)
            }

            key == "anyOf" -> {
                JsonArray(value.jsonArray.map { of(it.jsonObject, within, depth + 1) })
            }

            else -> {
                value
            }
        }

    private fun properties(
        properties: JsonObject,
        within: Set<String>,
        depth: Int,
    ) = JsonObject(
        properties.mapValues { (name, property) ->
            val repeats = property.jsonObject["description"] == JsonPrimitive(name)
            of(if (repeats) JsonObject(property.jsonObject - "description") else property.jsonObject, within, depth)
        },
    )

    private fun Double?.orValue(value: JsonElement) = if (this == null) value else JsonPrimitive(this)

    private fun saysNothing(
        key: String,
        value: JsonElement,
    ) = when (key) {
        "title", "\$defs" -> true
        "required" -> value.jsonArray.isEmpty()
        "additionalProperties" -> value == JsonPrimitive(true)
        "description" -> value == JsonPrimitive("")
        else -> false
    }
}
