package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.ServiceTools
import io.hypha.rpc.service.jsonOrNull
import io.hypha.rpc.service.plainValue
import io.hypha.rpc.service.toolDefinitions
import io.hypha.rpc.service.tools
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject

/**
 * Tools of language models for programs that do not know the JSON classes of Kotlin: every JSON value is a text or a plain value.
 *
 * @param service whose functions they are.
 */
@InternalHyphaApi
public class JavaTools(
    service: RemoteService,
) {
    private val tools: ServiceTools = service.tools()

    /** Where the futures of their calls are completed. */
    public val execution: JavaExecution = JavaServices.execution(service)

    /** The names of all tools, in the order of their definitions. */
    public val names: List<String> get() = tools.all.map { it.name }

    /** The definitions of all tools as plain values. */
    public val definitions: Any? get() = plainValue(tools.definitions)

    /** The same as JSON text. */
    public val definitionsJson: String get() = tools.definitions.toString()

    /** Runs the tool [name] with JSON text, and returns such. */
    public suspend fun run(
        name: String,
        arguments: String,
    ): String = tools.run(name, arguments).toString()

    /** Runs the tool [name] with plain values, and returns such. */
    public suspend fun run(
        name: String,
        arguments: Map<*, *>,
    ): Any? {
        val json = jsonOrNull(arguments) as? JsonObject
        require(json != null) { "the arguments of the tool '$name' hold something that is no JSON value" }
        return plainValue(tools.run(name, json))
    }

    /** Tools of which only the server's description is known. */
    public companion object {
        /** The definitions of the tools of the service that [info] describes, as plain values. */
        @JvmStatic
        public fun definitionsOf(info: ServiceInfo): Any? = plainValue(json(info))

        /** The same as JSON text. */
        @JvmStatic
        public fun definitionsJsonOf(info: ServiceInfo): String = json(info).toString()

        private fun json(info: ServiceInfo) = JsonArray(info.toolDefinitions())
    }
}
