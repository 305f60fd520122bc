package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.value.Tags
import io.hypha.rpc.value.ValueWriter
import io.hypha.rpc.value.writeTextMap

/**
 * A received interface object travels on as the references in it, without the mark: who gets a marked map believes that its functions can be
 * lent once more, and older clients fail on that (protocol §4.5).
 */
internal fun writeForwardedInterface(
    map: Map<*, *>,
    out: ValueWriter,
) {
    if (map.values.any { it is LocalFunction }) {
        throw EncodingException("a map with '${Tags.INTERFACE}' holds functions of this program: make it with interfaceObject { … }")
    }
    out.writeTextMap(map.filterKeys { it != Tags.INTERFACE })
}
