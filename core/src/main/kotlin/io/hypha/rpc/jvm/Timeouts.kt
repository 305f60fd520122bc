package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.client.GetServiceOptions
import io.hypha.rpc.client.LookupOptions
import io.hypha.rpc.client.TokenOptions
import io.hypha.rpc.service.RemoteService
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds

/** What takes a `kotlin.time.Duration`, for Java: such functions have names that Java cannot say. Everything is in nanoseconds. */
@InternalHyphaApi
public object Timeouts {
    /** Sets [LookupOptions.timeout]. */
    @JvmStatic
    public fun setTimeout(
        options: LookupOptions,
        nanoseconds: Long,
    ) {
        options.timeout = duration(nanoseconds)
    }

    /** Sets [GetServiceOptions.selectTimeout]. */
    @JvmStatic
    public fun setSelectTimeout(
        options: GetServiceOptions,
        nanoseconds: Long,
    ) {
        options.selectTimeout = duration(nanoseconds)
    }

    /** Sets [TokenOptions.expiresIn]. */
    @JvmStatic
    public fun setExpiresIn(
        options: TokenOptions,
        nanoseconds: Long,
    ) {
        options.expiresIn = duration(nanoseconds)
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
    internal fun duration(nanoseconds: Long): Duration = if (nanoseconds == Long.MAX_VALUE) Duration.INFINITE else nanoseconds.nanoseconds
}
