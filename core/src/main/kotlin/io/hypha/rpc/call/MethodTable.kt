package io.hypha.rpc.call

/** The functions that others may call by a path that begins with `services.`; the service registry implements it. */
internal interface MethodTable {
    /**
     * The function at [path].
     *
     * @throws io.hypha.rpc.MethodNotFoundException when there is none, with the protocol's text (protocol §3.6).
     * @throws io.hypha.rpc.PermissionDeniedException when [caller] may not call it.
     */
    fun resolve(
        path: String,
        caller: CallContext,
    ): LocalFunction
}
