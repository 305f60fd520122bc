package io.hypha.rpc.wire

import io.hypha.rpc.EncodingException
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.ProtocolException

// What can be wrong with encoded bytes. Every message names the thing, the byte offset and the limit, and never any content.

internal fun truncated(
    what: String,
    at: Int,
    needed: Long,
    left: Int,
): ProtocolException = ProtocolException("Truncated message: $what at byte $at needs $needed bytes, $left are left")

internal fun tooLong(
    what: String,
    at: Int,
    size: Long,
    limit: Int,
): ProtocolException = ProtocolException("Too long: $what at byte $at has $size bytes, the limit is $limit")

internal fun tooDeep(
    at: Int,
    limit: Int,
): ProtocolException = ProtocolException("Too deep: lists and maps at byte $at are nested beyond the limit of $limit")

@InternalHyphaApi
internal fun mismatch(
    wanted: String,
    at: Int,
    found: WireType,
): ProtocolException = ProtocolException("Expected $wanted at byte $at, found ${found.label}")

internal fun unknownLead(at: Int): ProtocolException = ProtocolException("Byte 0xc1 at byte $at starts no value")

/** The longest message: what one array can hold on every JVM. */
internal const val LONGEST_MESSAGE = Int.MAX_VALUE - 8

/** Refuses to make a message of [size] bytes longer by [more]. */
internal fun checkMessageSize(
    size: Int,
    more: Int,
) {
    if (more > LONGEST_MESSAGE - size) throw EncodingException("The message would be longer than $LONGEST_MESSAGE bytes")
}
