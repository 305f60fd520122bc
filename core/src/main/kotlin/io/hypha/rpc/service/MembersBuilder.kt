package io.hypha.rpc.service

import io.hypha.rpc.call.CallScope
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.Parameter
import io.hypha.rpc.call.ParameterSpec
import io.hypha.rpc.value.shape

/**
 * Collects the functions and values of a service or of a group in it.
 *
 * A function names its parameters with [param][io.hypha.rpc.call.param], one for each parameter of its handler: a lambda keeps no names,
 * and callers may pass arguments by name. Handlers may suspend, run side by side, and are cancelled when the caller gives up. A handler that
 * only throws has no result type to infer: name one, as in `function<Unit>("fail") { error("no luck") }`.
 */
@HyphaDsl
public open class MembersBuilder internal constructor() {
    @PublishedApi
    internal val members: MutableMap<String, Any?> = linkedMapOf()

    /** A constant that callers read without a call. It must be a value that can be sent. */
    public fun value(
        name: String,
        value: Any?,
    ) {
        add(name, value)
    }

    /** Functions and values under a common name: `group("math") { … }` makes `math.mul`. */
    public fun group(
        name: String,
        build: MembersBuilder.() -> Unit,
    ) {
        add(name, MembersBuilder().apply(build).members.toMap())
    }

    /** A function that was made elsewhere, under its own name. */
    public fun function(function: LocalFunction) {
        add(function.name, function)
    }

    /**
     * Describes the function [name], which is defined before, in place of what its types say: for language models that need closer words, or
     * for constraints that types do not have (protocol §4.7).
     *
     * @param schema `{"description": …, "parameters": {"type": "object", "properties": {…}, "required": […]}}`, as maps and lists or as a
     * `JsonObject`, plain or as `{"type": "function", "function": {…}}`. The description may be left out. A name in it counts for nothing:
     * a function has the name that it is registered under.
     * @throws IllegalArgumentException when it is no such schema, or speaks of parameters that the function does not have.
     */
    public fun schema(
        name: String,
        schema: Map<String, Any?>,
    ) {
        val function = defined(name)
        members[name] = function.with(writtenSchema(function, schema))
    }

    /** Says what the function [name], which is defined before, does. */
    internal fun describe(
        name: String,
        description: String,
    ) {
        members[name] = defined(name).describedAs(description)
    }

    private fun defined(name: String): LocalFunction =
        requireNotNull(members[name] as? LocalFunction) { "there is no function '$name' to describe; define it first" }

    /** A function without parameters. */
    public inline fun <reified R> function(
        name: String,
        description: String? = null,
        noinline handler: suspend CallScope.() -> R,
    ) {
        function(LocalFunction(name, description, emptyList(), shape<R>()) { handler() })
    }

    /** A function of one parameter. */
    public inline fun <reified A, reified R> function(
        name: String,
        a: ParameterSpec,
        description: String? = null,
        noinline handler: suspend CallScope.(A) -> R,
    ) {
        function(LocalFunction(name, description, listOf(a.typed(shape<A>())), shape<R>()) { handler(it[0] as A) })
    }

    /** A function of two parameters. */
    public inline fun <reified A, reified B, reified R> function(
        name: String,
        a: ParameterSpec,
        b: ParameterSpec,
        description: String? = null,
        noinline handler: suspend CallScope.(A, B) -> R,
    ) {
        val parameters = listOf(a.typed(shape<A>()), b.typed(shape<B>()))
        function(LocalFunction(name, description, parameters, shape<R>()) { handler(it[0] as A, it[1] as B) })
    }

    /** A function of three parameters. */
    public inline fun <reified A, reified B, reified C, reified R> function(
        name: String,
        a: ParameterSpec,
        b: ParameterSpec,
        c: ParameterSpec,
        description: String? = null,
        noinline handler: suspend CallScope.(A, B, C) -> R,
    ) {
        val parameters = listOf(a.typed(shape<A>()), b.typed(shape<B>()), c.typed(shape<C>()))
        function(LocalFunction(name, description, parameters, shape<R>()) { handler(it[0] as A, it[1] as B, it[2] as C) })
    }

    /** A function of four parameters. */
    public inline fun <reified A, reified B, reified C, reified D, reified R> function(
        name: String,
        a: ParameterSpec,
        b: ParameterSpec,
        c: ParameterSpec,
        d: ParameterSpec,
        description: String? = null,
        noinline handler: suspend CallScope.(A, B, C, D) -> R,
    ) {
        val parameters = listOf(a.typed(shape<A>()), b.typed(shape<B>()), c.typed(shape<C>()), d.typed(shape<D>()))
        function(LocalFunction(name, description, parameters, shape<R>()) { handler(it[0] as A, it[1] as B, it[2] as C, it[3] as D) })
    }

    /** A function of five parameters. */
    public inline fun <reified A, reified B, reified C, reified D, reified E, reified R> function(
        name: String,
        a: ParameterSpec,
        b: ParameterSpec,
        c: ParameterSpec,
        d: ParameterSpec,
        e: ParameterSpec,
        description: String? = null,
        noinline handler: suspend CallScope.(A, B, C, D, E) -> R,
    ) {
        val parameters =
            listOf(a.typed(shape<A>()), b.typed(shape<B>()), c.typed(shape<C>()), d.typed(shape<D>()), e.typed(shape<E>()))
        function(
            LocalFunction(name, description, parameters, shape<R>()) {
                handler(it[0] as A, it[1] as B, it[2] as C, it[3] as D, it[4] as E)
            },
        )
    }

    /**
     * A function that looks its arguments up by name, for many parameters or mostly optional ones. The result is sent as what it is.
     *
     * @param parameters made with [typedParam][io.hypha.rpc.call.typedParam].
     */
    public fun function(
        name: String,
        parameters: List<Parameter>,
        description: String? = null,
        handler: suspend CallScope.(FunctionCall) -> Any?,
    ) {
        function(LocalFunction(name, description, parameters, shape<Any?>()) { handler(FunctionCall(parameters, it)) })
    }

    private fun add(
        name: String,
        member: Any?,
    ) {
        requireMemberName(name)
        require(name !in members) { "two members are called '$name'" }
        members[name] = member
    }
}
