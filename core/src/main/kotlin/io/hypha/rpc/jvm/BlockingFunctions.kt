package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.Parameter
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.shape

/** Makes functions out of code that blocks. Results are written by their run-time type. */
@InternalHyphaApi
public object BlockingFunctions {
    /** A parameter of a blocking function. */
    @JvmStatic
    public fun parameter(
        name: String,
        description: String?,
        shape: Shape<*>,
    ): Parameter = Parameter(name, description, hasDefault = false, default = null, shape)

    /** A parameter that callers may leave out. */
    @JvmStatic
    public fun optionalParameter(
        name: String,
        description: String?,
        shape: Shape<*>,
        default: Any?,
    ): Parameter = Parameter(name, description, hasDefault = true, default, shape)

    /** A member of a service whose handlers run where the [JavaExecution] of the service or connection says; its calls run side by side. */
    @JvmStatic
    public fun member(
        name: String,
        description: String?,
        parameters: List<Parameter>,
        handler: BlockingHandler,
    ): LocalFunction =
        LocalFunction(name, description, parameters, shape<Any?>()) { arguments ->
            JavaExecution.current().serve { handler.handle(context, arguments) }
        }
}
