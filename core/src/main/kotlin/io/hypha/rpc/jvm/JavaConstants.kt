package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.value.Shape

/** Constants of services for Java programs. */
@InternalHyphaApi
public object JavaConstants {
    /**
     * [value], which [service] was received with, as the type that [shape] says.
     *
     * @throws io.hypha.rpc.EncodingException when it is of another type.
     */
    @JvmStatic
    public fun <T> read(
        service: RemoteService,
        value: Any,
        shape: Shape<T>,
    ): T = ReceivedConstants.of(service).read(value, shape)
}
