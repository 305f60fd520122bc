package io.hypha.rpc.value

import io.hypha.rpc.InternalHyphaApi
import kotlinx.serialization.SerializationStrategy
import kotlinx.serialization.encoding.Encoder

/** What a serializer can ask of the encoder when the value goes into a Hypha message: cast the `Encoder` to this. */
@InternalHyphaApi
public interface HyphaEncoder : Encoder {
    /** Writes [value] by its run-time type, as an argument without a static type is written. */
    public fun encodeValue(value: Any?)

    /**
     * Writes a function, a stream or a byte source as a reference.
     *
     * @param element how to write the items of a stream; null to write each by its run-time type.
     * @throws io.hypha.rpc.EncodingException outside of a call.
     */
    public fun encodeReference(
        value: Any,
        element: SerializationStrategy<Any?>?,
    )
}
