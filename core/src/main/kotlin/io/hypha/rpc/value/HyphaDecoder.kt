package io.hypha.rpc.value

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.encoding.Decoder

/** What a serializer can ask of the decoder when the value comes from a Hypha message: cast the `Decoder` to this. */
@InternalHyphaApi
public interface HyphaDecoder : Decoder {
    /** Reads the next value as whatever it is: see `docs/values.md`, "without a type". */
    public fun decodeValue(): Any?

    /**
     * Reads a stream whose items are decoded as [element] says; a list in its place is a stream of its elements.
     *
     * @throws io.hypha.rpc.EncodingException outside of a call, or when the value is something else.
     */
    public fun <T> decodeGenerator(element: DeserializationStrategy<T>): Flow<T>
}
