package io.hypha.rpc.ktor

import io.hypha.rpc.InternalHyphaApi
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds

/** The times among the options of a login, for Java, which cannot name their setters. Everything is in nanoseconds. */
@InternalHyphaApi
public object LoginTimes {
    /** Sets [LoginServiceOptions.connectTimeout]; `Long.MAX_VALUE` stands for ever. */
    @JvmStatic
    public fun setConnectTimeout(
        options: LoginServiceOptions,
        nanoseconds: Long,
    ) {
        options.connectTimeout = if (nanoseconds == Long.MAX_VALUE) Duration.INFINITE else nanoseconds.nanoseconds
    }

    /** Sets [LoginOptions.loginTimeout]. */
    @JvmStatic
    public fun setLoginTimeout(
        options: LoginOptions,
        nanoseconds: Long,
    ) {
        options.loginTimeout = nanoseconds.nanoseconds
    }

    /** Sets [LoginOptions.expiresIn]. */
    @JvmStatic
    public fun setExpiresIn(
        options: LoginOptions,
        nanoseconds: Long,
    ) {
        options.expiresIn = nanoseconds.nanoseconds
    }
}
