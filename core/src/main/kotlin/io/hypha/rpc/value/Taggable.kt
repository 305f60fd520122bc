package io.hypha.rpc.value

/** A reference that stands on the wire as a map, so that it can carry the `_rtype` of a codec besides (protocol §4.5). */
internal interface Taggable : Referable

/** What a codec made of a value when that is a reference: [value] with the `_rtype` [type]. */
internal class Tagged(
    val value: Taggable,
    val type: String,
) : Referable
