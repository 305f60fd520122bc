package io.hypha.rpc.metrics

/** How the [CalledFunction] of a call is found. */
internal object CalledFunctions {
    private val callback = CalledFunction(CalledFunction.SESSION, CalledFunction.CALLBACK)

    /** One item of a stream, or its end. */
    val stream: CalledFunction = CalledFunction(CalledFunction.SESSION, CalledFunction.STREAM)

    private const val SERVICES = "services."
    private const val INTERFACES = "_rintf_"

    /** The function at the [path] of a call (protocol §2.2). */
    fun at(path: String): CalledFunction {
        if (!path.startsWith(SERVICES)) return callback
        val dot = path.indexOf('.', SERVICES.length)
        if (dot < 0) return CalledFunction(path.substring(SERVICES.length), "")
        val isInterface = path.startsWith(INTERFACES, SERVICES.length)
        val service = if (isInterface) CalledFunction.INTERFACE else path.substring(SERVICES.length, dot)
        return CalledFunction(service, path.substring(dot + 1))
    }
}
