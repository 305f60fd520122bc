package io.hypha.rpc.value

import io.hypha.rpc.InternalHyphaApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.modules.SerializersModule
import kotlin.reflect.KClass

/** What another language's programs send beside serializable classes, and how they are told about what they cannot send. */
@InternalHyphaApi
public interface InstanceSerializers {
    /** What instances of [type] are written with; null to find that as for everybody. Asked once for each class. */
    public fun of(
        type: KClass<*>,
        module: SerializersModule,
    ): KSerializer<*>?

    /** Why instances of [type] cannot be sent, and what to do; null to say that as to everybody. */
    public fun refusal(type: KClass<*>): String?
}
