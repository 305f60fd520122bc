package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.service.ProbesBuilder
import io.hypha.rpc.service.RemoteService

/** Services of other clients, and the probes of this one, for Java programs. */
@InternalHyphaApi
public object JavaServices {
    /** That of the connection through which [service] came; the default one for a service without any function. */
    @JvmStatic
    public fun execution(service: RemoteService): JavaExecution =
        functionIn(service.entries)?.let { JavaExecution.of(it) } ?: JavaExecution.default

    private fun functionIn(member: Any?): RemoteFunction? =
        when (member) {
            is RemoteFunction -> member
            is Map<*, *> -> member.values.firstNotNullOfOrNull(::functionIn)
            is List<*> -> member.firstNotNullOfOrNull(::functionIn)
            else -> null
        }

    /** A probe that may block. */
    @JvmStatic
    public fun probe(
        probes: ProbesBuilder,
        name: String,
        check: BlockingHandler,
    ) {
        probes.probe(BlockingFunctions.member(name, null, emptyList(), check))
    }
}
