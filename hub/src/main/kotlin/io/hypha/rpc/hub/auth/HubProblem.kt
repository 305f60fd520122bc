package io.hypha.rpc.hub.auth

import kotlin.contracts.ExperimentalContracts
import kotlin.contracts.contract

/**
 * Something that a client asked for cannot be done.
 *
 * @property type the name of the error that clients know it by (protocol §3.8): `ValueError`, `KeyError`, `PermissionError`.
 * @property detail what is wrong, in one line.
 */
internal class HubProblem(
    val type: String,
    val detail: String,
) : IllegalArgumentException("$type: $detail")

/** What was asked for must make sense. */
@OptIn(ExperimentalContracts::class)
internal inline fun requireValue(
    condition: Boolean,
    detail: () -> String,
) {
    contract { returns() implies condition }
    if (!condition) throw HubProblem("ValueError", detail())
}

/** What was asked for must be allowed. */
@OptIn(ExperimentalContracts::class)
internal inline fun requirePermitted(
    condition: Boolean,
    detail: () -> String,
) {
    contract { returns() implies condition }
    if (!condition) throw HubProblem("PermissionError", detail())
}
