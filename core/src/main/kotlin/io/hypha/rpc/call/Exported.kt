package io.hypha.rpc.call

/** Something of this client that a peer may call under an object id of a session. */
internal sealed interface Exported {
    val function: LocalFunction

    /** Ends what stands behind it; called when its session ends. Must neither suspend nor run code of a user. */
    fun release() {}

    /** A callback or a returned function. */
    class Function(
        override val function: LocalFunction,
    ) : Exported

    /** One of the functions through which a peer reads a stream, of items or of bytes. */
    class StreamPart(
        override val function: LocalFunction,
        private val onRelease: () -> Unit = {},
    ) : Exported {
        override fun release() = onRelease()
    }
}
