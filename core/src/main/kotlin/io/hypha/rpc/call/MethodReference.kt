package io.hypha.rpc.call

import io.hypha.rpc.EncodingException

/**
 * A received method object (protocol §3.1). Its entries are kept whole, so that it can travel on unchanged.
 *
 * @property entries all entries, with an absolute `_rtarget`.
 * @property target the owner, absolute.
 * @property path the path of the function at its owner.
 */
internal class MethodReference private constructor(
    val entries: Map<String, Any?>,
    val target: String,
    val path: String,
) {
    val name: String? get() = entries["_rname"] as? String
    val doc: String? get() = entries["_rdoc"] as? String
    val server: String? get() = entries["_rserver"] as? String
    val expectsReply: Boolean get() = entries["_rpromise"].let { it != null && it != false }

    /** The owner wants to hear when a caller gives up. */
    val cancels: Boolean get() = (entries[Capabilities.KEY] as? List<*>)?.contains(Capabilities.CANCEL) == true

    /** The owner binds keywords by the names of its parameters: a client in Python, or of this library. Others may not (protocol §3.7). */
    val takesKeywords: Boolean get() = "_rasync" in entries || Capabilities.KEY in entries

    @Suppress("UNCHECKED_CAST")
    val schema: Map<String, Any?>? get() = entries["_rschema"] as? Map<String, Any?>

    /** The same function with another name in its schema, for callers that know it under that one. */
    fun renamed(name: String): MethodReference {
        val described = schema?.takeIf { "name" in it } ?: return this
        return MethodReference(entries + ("_rschema" to described + ("name" to name)), target, path)
    }

    companion object {
        fun of(
            entries: Map<String, Any?>,
            target: String,
        ): MethodReference {
            val path = entries["_rmethod"] as? String ?: throw EncodingException("a received function has no '_rmethod'")
            return MethodReference(if (entries["_rtarget"] == target) entries else entries + ("_rtarget" to target), target, path)
        }
    }
}
