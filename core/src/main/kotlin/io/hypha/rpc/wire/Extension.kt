package io.hypha.rpc.wire

import io.hypha.rpc.InternalHyphaApi

/**
 * A value of an extension type. Of these the protocol knows only timestamps, type −1 (protocol §2.7).
 *
 * @property type the extension type, −128 to 127.
 * @property data its content, a slice of the message.
 */
@InternalHyphaApi
public class Extension(
    public val type: Byte,
    public val data: Bytes,
)
