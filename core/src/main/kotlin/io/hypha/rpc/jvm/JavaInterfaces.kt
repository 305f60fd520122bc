package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.service.InterfaceObject
import io.hypha.rpc.value.Arg
import io.hypha.rpc.value.shape

/** Interface objects of Java programs. */
@InternalHyphaApi
public object JavaInterfaces {
    /** [source] as a codec returns it when it is to travel without the mark of that codec. */
    @JvmStatic
    public fun value(source: InterfaceObject): Any = Arg(source, shape<InterfaceObject>())
}
