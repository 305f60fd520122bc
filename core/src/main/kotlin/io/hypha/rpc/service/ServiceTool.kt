package io.hypha.rpc.service

import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.value.shape
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/**
 * A function of a remote service as a tool of a language model.
 *
 * @property name the name that the model calls it by, `[a-zA-Z0-9_-]{1,64}`.
 * @property path the name of the function in its service, with dots for nested ones.
 */
public class ServiceTool internal constructor(
    public val name: String,
    public val path: String,
    private val function: RemoteFunction,
) {
    private val parameters = toolParameters(function.schema)
    private val arguments = ToolArguments(name, parameters)

    /**
     * The definition to hand to a function-calling API: `{"type": "function", "function": {"name", "description", "parameters"}}`. A function
     * that its provider does not describe has no parameters there.
     */
    public val definition: JsonObject =
        toolDefinition(name, (function.schema?.get("description") as? String)?.ifEmpty { null } ?: function.doc, parameters)

    /**
     * Calls the function with the arguments that a model returned, and gives back the result for it to read.
     *
     * Arguments go by name to providers that are known to bind names, which are those in Python and of this library, and by position to all
     * others; those left out in between are then their defaults, or nil. A null for an argument that may be left out, but not be null, leaves it
     * out. Bytes are base64 text in both directions, where the schema says `"format": "binary"` among the arguments.
     *
     * In the result arrays of numbers are nested lists, streams lists of all their items (at most 10,000), numbers that JSON lacks are texts, and
     * error values are `{"error": message}`.
     *
     * @throws IllegalArgumentException when the arguments do not fit the definition; nothing was sent. The message is fit for the model.
     * @throws io.hypha.rpc.EncodingException when the result has no form in JSON, such as a function.
     * @throws io.hypha.rpc.HyphaException when the call fails.
     */
    public suspend fun run(arguments: JsonObject): JsonElement {
        val values = this.arguments.byName(arguments)
        val result =
            if (function.reference.takesKeywords) {
                function.call(shape<Any?>(), emptyList(), values)
            } else {
                function.call(shape<Any?>(), this.arguments.byPosition(values))
            }
        return toolResult(result)
    }

    /** The same with the arguments as text, a JSON object; nothing stands for none. */
    public suspend fun run(arguments: String): JsonElement = run(this.arguments.parse(arguments))

    override fun toString(): String = "ServiceTool($name)"
}
