package io.hypha.rpc.hub.service

import io.hypha.rpc.EncodingException
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues
import kotlin.time.Instant

/**
 * What a client wants the hub to keep, as a value that events and lists can carry to others.
 *
 * @property value nil, numbers, texts, bytes, and lists and maps of them.
 * @property size bytes that it takes on the wire.
 */
internal class PlainTree private constructor(
    val value: Any?,
    val size: Int,
) {
    companion object {
        /**
         * [given] with arrays as lists, and points in time as text in ISO 8601.
         *
         * @param what names it in errors.
         * @throws HubProblem when there is anything in it that is no plain value, such as a function, or it takes more than [most] bytes.
         */
        fun of(
            given: Any?,
            what: String,
            most: Int,
        ): PlainTree {
            val plain = plain(given)
            val writer = MsgPackWriter()
            try {
                PlainValues.write(writer, plain)
            } catch (e: EncodingException) {
                throw HubProblem("ValueError", "$what cannot be kept by the hub: ${e.message}")
            }
            requireValue(writer.size <= most) { "$what takes ${writer.size} bytes, more than $most" }
            return PlainTree(plain, writer.size)
        }

        /** [of] for a map. */
        fun ofMap(
            given: Map<*, *>,
            what: String,
            most: Int,
        ): Map<String, Any?> {
            @Suppress("UNCHECKED_CAST") // A tree of a map is a map, whose keys were just made texts.
            return of(given, what, most).value as Map<String, Any?>
        }

        private fun key(key: Any?): String {
            val text = key.toString()
            // JavaScript clients drop a whole message that holds it, and would never get an answer that lists it.
            requireValue(text != "__proto__") { "The key __proto__ is not allowed" }
            return text
        }

        private fun plain(value: Any?): Any? =
            when (value) {
                is Map<*, *> -> value.entries.associate { (key, entry) -> key(key) to plain(entry) }

                is List<*> -> value.map(::plain)

                // Python sends the embedding of a service in this form.
                is NDArray -> value.toDoubleArray().asList()

                // As results carry it: Python cannot send the form that JavaScript's dates have on the wire (protocol §15.3, Q42).
                is Instant -> value.toString()

                else -> value
            }
    }
}
