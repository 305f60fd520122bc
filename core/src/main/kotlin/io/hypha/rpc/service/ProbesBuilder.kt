package io.hypha.rpc.service

import io.hypha.rpc.call.LocalFunction

/** Collects the probes of a client: functions that say how it is, which the server also answers over HTTP (protocol §7.9). */
@HyphaDsl
public class ProbesBuilder internal constructor(
    private val service: ServiceBuilder,
) {
    /** Whether it can take work now. [check] returns what the answer is, or throws when it cannot. */
    public fun readiness(check: suspend () -> Any?) {
        probe("readiness", check)
    }

    /** Whether it is alive and need not be restarted. [check] returns what the answer is, or throws when it is not. */
    public fun liveness(check: suspend () -> Any?) {
        probe("liveness", check)
    }

    /** A probe of any other name. */
    public fun probe(
        name: String,
        check: suspend () -> Any?,
    ) {
        service.function<Any?>(name) { check().takeUnless { it == Unit } }
    }

    /** A probe that was made elsewhere, under its own name. */
    internal fun probe(function: LocalFunction) {
        service.function(function)
    }
}
