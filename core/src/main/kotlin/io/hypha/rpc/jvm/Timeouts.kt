package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.service.RemoteService
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds

/** What takes a `kotlin.time.Duration`, for Java: such functions have names that Java cannot say. Everything is in nanoseconds. */
@InternalHyphaApi
public object Timeouts {
    /** Sets [HyphaOptions.timeout]. */
    @JvmStatic
    public fun setTimeout(
        options: HyphaOptions,
        nanoseconds: Long,
    ) {
        options.timeout = duration(nanoseconds)
    }

    /** Sets [HyphaOptions.connectTimeout]. */
    @JvmStatic
    public fun setConnectTimeout(
        options: HyphaOptions,
        nanoseconds: Long,
    ) {
        options.connectTimeout = duration(nanoseconds)
    }

    /** [RemoteService.withTimeout]. */
    @JvmStatic
    public fun of(
        service: RemoteService,
        nanoseconds: Long,
    ): RemoteService = service.withTimeout(duration(nanoseconds))

    /** [RemoteFunction.withTimeout]. */
    @JvmStatic
    public fun of(
        function: RemoteFunction,
        nanoseconds: Long,
    ): RemoteFunction = function.withTimeout(duration(nanoseconds))

    /** The longest time that Java can express here stands for no limit. */
    private fun duration(nanoseconds: Long): Duration = if (nanoseconds == Long.MAX_VALUE) Duration.INFINITE else nanoseconds.nanoseconds
}
