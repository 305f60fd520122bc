package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.flow.Flow

/** What received values look like to Java where no serializer says so. */
@InternalHyphaApi
public interface JavaValues {
    /** Whether [fit] knows this class. */
    public fun knows(type: Class<*>): Boolean

    /** A value as it was received, as an instance of [type], which is one of those that it [knows]; null when it is no such thing. */
    public fun fit(
        value: Any,
        type: Class<*>,
    ): Any?

    /** Whether [type] is a stream of items that [stream] makes. */
    public fun isStream(type: Class<*>): Boolean

    /** A received stream, whose items are what Java knows, as an instance of [type], for which [isStream] is true. */
    public fun stream(
        items: Flow<Any?>,
        type: Class<*>,
    ): Any
}
