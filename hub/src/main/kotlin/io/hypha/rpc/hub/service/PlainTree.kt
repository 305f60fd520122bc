package io.hypha.rpc.hub.service

import io.hypha.rpc.EncodingException
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues

/** What a client says of a service, as values that events and lists can carry to others. */
internal object PlainTree {
    private const val LARGEST = 1 shl 20

    /** [info] with arrays as lists; anything that is no plain value in it, and more than a mebibyte of it, is a problem. */
    fun of(info: Map<String, Any?>): Map<String, Any?> {
        val plain = map(info)
        val writer = MsgPackWriter()
        try {
            PlainValues.write(writer, plain)
        } catch (e: EncodingException) {
            throw HubProblem("ValueError", "A service cannot be described by this: ${e.message}")
        }
        requireValue(writer.size <= LARGEST) { "The description of a service takes ${writer.size} bytes, more than $LARGEST" }
        return plain
    }

    private fun map(entries: Map<*, *>): Map<String, Any?> {
        val plain = LinkedHashMap<String, Any?>()
        for ((key, value) in entries) plain[key.toString()] = value(value)
        return plain
    }

    private fun value(value: Any?): Any? =
        when (value) {
            is Map<*, *> -> map(value)

            is List<*> -> value.map(::value)

            // Python sends the embedding of a service in this form.
            is NDArray -> value.toDoubleArray().asList()

            else -> value
        }
}
