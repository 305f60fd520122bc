package io.hypha.rpc.call

/**
 * What this library does beyond the protocol, without older peers noticing: one reserved key. In a method object it lists what
 * the owner understands; in a payload it holds what this message uses. Peers that do not know the key keep or ignore it.
 */
internal object Capabilities {
    /** The reserved key, in method objects and in payloads. */
    const val KEY: String = "_rext"

    /** The owner of a method wants to hear when a caller gives up, and then cancels the call. */
    const val CANCEL: String = "cancel"

    /** What every method object of this library announces. */
    val announced: List<String> = listOf(CANCEL)
}
