package io.hypha.rpc.call

import io.hypha.rpc.value.Referable
import io.hypha.rpc.value.Shape
import kotlinx.serialization.Serializable
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * A function of this program that others can call: a member of a service, or a callback. It knows the types of its parameters
 * and of its result, so that arguments are decoded straight into them.
 */
@Serializable(with = LocalFunctionSerializer::class)
public class LocalFunction
    @PublishedApi
    internal constructor(
        /** Its name; a service function is called by it, for a callback it is for people to read. */
        public val name: String,
        /** What it does, for people and for schemas. */
        public val description: String?,
        /** Its parameters in order. */
        public val parameters: List<Parameter>,
        /** The type of its result. */
        public val result: Shape<*>,
        /** Where the handler runs, on top of the connection's own context. */
        internal val coroutineContext: CoroutineContext = EmptyCoroutineContext,
        /** Ignores arguments beyond the parameters instead of refusing them (protocol §7.8: peers send more than they should). */
        internal val ignoresSurplus: Boolean = false,
        /** Takes whatever comes: the handler gets one [AllArguments]. */
        internal val isVariadic: Boolean = false,
        /** Drops a keyword `context` that is no parameter: older clients take it for the caller's context, which nobody may send. */
        internal val dropsContext: Boolean = false,
        /** Describes it in place of what its types say (protocol §4.7); without its name, which is the key that it is registered under. */
        internal val schema: Map<String, Any?>? = null,
        /** What keywords are that name no parameter: the handler gets a map of them after the arguments. Null refuses them. */
        internal val extraKeywords: Shape<*>? = null,
        /** Suspends until the calls that it has got are done: those to which it is passed return only then. */
        internal val awaitEarlier: (suspend () -> Unit)? = null,
        internal val handler: suspend CallScope.(arguments: Array<Any?>) -> Any?,
    ) : Referable {
        init {
            val names = parameters.map { it.name }
            require(names.size == names.toSet().size) { "function '$name' has two parameters of one name: $names" }
        }

        internal fun with(
            coroutineContext: CoroutineContext,
            dropsContext: Boolean,
        ): LocalFunction = copy(coroutineContext, dropsContext, schema)

        internal fun with(schema: Map<String, Any?>): LocalFunction = copy(coroutineContext, dropsContext, schema)

        internal fun takingKeywords(shape: Shape<*>): LocalFunction = copy(coroutineContext, dropsContext, schema, extraKeywords = shape)

        internal fun describedAs(description: String): LocalFunction = copy(coroutineContext, dropsContext, schema, description)

        private fun copy(
            coroutineContext: CoroutineContext,
            dropsContext: Boolean,
            schema: Map<String, Any?>?,
            description: String? = this.description,
            extraKeywords: Shape<*>? = this.extraKeywords,
        ) = LocalFunction(
            name,
            description,
            parameters,
            result,
            coroutineContext,
            ignoresSurplus,
            isVariadic,
            dropsContext,
            schema,
            extraKeywords,
            awaitEarlier,
            handler,
        )

        override fun toString(): String = "LocalFunction($name)"
    }
