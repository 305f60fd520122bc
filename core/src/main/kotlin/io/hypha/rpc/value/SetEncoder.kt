package io.hypha.rpc.value

import kotlinx.serialization.descriptors.SerialDescriptor

/** A set: a list under `_rvalue`. */
internal class SetEncoder(
    root: MsgPackEncoder,
    values: ValueWriter,
    size: Int,
) : ListEncoder(root, values.also(ValueWriter::openSet), size) {
    override fun endStructure(descriptor: SerialDescriptor) {
        super.endStructure(descriptor)
        values.leave()
    }
}
