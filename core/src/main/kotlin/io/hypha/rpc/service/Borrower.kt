package io.hypha.rpc.service

/**
 * Whom an interface object was sent to (protocol §4.5).
 *
 * @property address the allowed caller, absolute.
 * @property isOnly whether it is the only one; else the owner's own workspace may call as well.
 */
internal class Borrower(
    val address: String,
    val isOnly: Boolean,
)
