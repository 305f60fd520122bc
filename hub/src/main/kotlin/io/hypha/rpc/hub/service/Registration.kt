package io.hypha.rpc.hub.service

/** What became of a registration (protocol §7.5). */
internal sealed interface Registration {
    /** Nothing happened: the client has not registered its built-in service, without which nobody can get the others. */
    object Ignored : Registration

    /** The service is there now, and [removed] are not: the one that it replaces, and those that a singleton drives out. */
    class Done(
        val removed: List<ServiceEntry>,
    ) : Registration
}
