package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import java.util.function.Function

/** Streams of values that Java sees otherwise than Kotlin. */
@InternalHyphaApi
public object ReceivedItems {
    /** The items of [flow], each as [transform] makes it when it is taken. */
    @JvmStatic
    public fun map(
        flow: Flow<*>,
        transform: Function<Any?, Any?>,
    ): Flow<Any?> = flow.map { transform.apply(it) }
}
