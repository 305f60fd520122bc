package io.hypha.rpc.call

/** Something of this client that a peer may call under an object id of a session. */
internal sealed interface Exported {
    /** Ends what stands behind it; called when its session ends. Must not suspend. */
    fun release() {}

    /** A callback or a returned function. */
    class Function(
        val function: LocalFunction,
    ) : Exported

    /** One of the two functions of a generator. */
    class Generator(
        val function: LocalFunction,
        private val producer: GeneratorProducer,
    ) : Exported {
        override fun release() = producer.cancel()
    }
}
