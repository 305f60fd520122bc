package io.hypha.rpc.call

import io.hypha.rpc.value.shape

/** A function of ours that calls [function]: how a function of another server is handed on (protocol §4.3). */
internal fun forwarding(function: RemoteFunction): LocalFunction =
    LocalFunction(function.name ?: "function", function.doc, emptyList(), shape<Any?>(), isVariadic = true) { arguments ->
        val all = arguments.single() as AllArguments
        function.call(shape<Any?>(), all.positional, all.keywords)
    }

/**
 * Everything that a caller passed, for functions that take whatever comes.
 *
 * @property positional the positional arguments, decoded without a type.
 * @property keywords the keyword arguments, decoded without a type.
 */
internal class AllArguments(
    val positional: List<Any?>,
    val keywords: Map<String, Any?>,
)
