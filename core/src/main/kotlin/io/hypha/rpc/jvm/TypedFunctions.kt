package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.Parameter
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.shape

/** Makes functions out of the methods of Java programs. */
@InternalHyphaApi
public object TypedFunctions {
    /**
     * A member of a service that runs where the [JavaExecution] of the service or connection says; its calls run side by side.
     *
     * @param extraKeywords what keywords are that name no parameter, a map of which then follows the arguments; null refuses them.
     */
    @JvmStatic
    public fun member(
        name: String,
        description: String?,
        parameters: List<Parameter>,
        extraKeywords: Shape<*>?,
        handler: TypedHandler,
    ): LocalFunction =
        LocalFunction(name, description, parameters, shape<Any?>(), extraKeywords = extraKeywords) { arguments ->
            val execution = JavaExecution.current()
            handler.sent(execution, execution.serve { handler.handle(execution, context, arguments) })
        }
}
