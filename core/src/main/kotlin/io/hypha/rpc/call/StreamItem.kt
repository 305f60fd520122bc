package io.hypha.rpc.call

import io.hypha.rpc.value.Referable
import kotlinx.serialization.SerializationStrategy

/** One item of a stream of ours with the type that the flow was declared with. */
internal class StreamItem(
    val value: Any?,
    val element: SerializationStrategy<Any?>,
) : Referable
