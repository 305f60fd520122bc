package io.hypha.rpc.service

import io.hypha.rpc.call.Parameter

/** The arguments of one call by name, for functions with many optional parameters. */
public class FunctionCall internal constructor(
    private val parameters: List<Parameter>,
    private val values: Array<Any?>,
) {
    /** The argument [name], or its default when the caller left it out. */
    public operator fun get(name: String): Any? {
        val index = parameters.indexOfFirst { it.name == name }
        require(index >= 0) { "there is no parameter '$name', only ${parameters.joinToString { it.name }}" }
        return values[index]
    }
}

/** The argument [name] as the type that its parameter was declared with. */
public inline fun <reified T> FunctionCall.argument(name: String): T = get(name) as T
