package io.hypha.rpc.call

import io.hypha.rpc.value.ValueFormat

/** The hidden services that stand for interface objects (protocol §4.5); the room of services implements it. */
internal interface InterfaceTable {
    /** How many objects are lent, once for each peer. */
    val size: Int

    /** Makes [value] callable for [peer], or finds that it is already; the loan is settled when the message has left or could not. */
    fun lend(
        value: LocalInterface,
        peer: String,
        format: ValueFormat,
    ): InterfaceLoan

    /** How many objects are lent to [peer]. */
    fun countFor(peer: String): Int

    /** Ends everything that was lent to [peer], and says how many objects that were (protocol §10.4). */
    fun peerGone(peer: String): Int
}

/** An interface object in one message. */
internal interface InterfaceLoan {
    /** What the peer gets. */
    val entries: Map<String, Any?>

    /** The message has left. */
    fun sent()

    /** The message did not leave: what nobody knows of is taken back. */
    fun unsent()
}
