package io.hypha.rpc.value

import kotlinx.serialization.Serializable

/**
 * An error that travels as a value, inside of a list for example (`_rtype: error`, protocol §3.8). It is not thrown; exceptions
 * given as arguments or results arrive as one.
 *
 * @property message what the other side says about it; Python sends a whole traceback for some.
 * @property trace where it happened, in the other side's form; null or empty when it does not say.
 */
@Serializable(with = RemoteErrorSerializer::class)
public class RemoteError(
    public val message: String,
    public val trace: String? = null,
) {
    override fun equals(other: Any?): Boolean = other is RemoteError && other.message == message && other.trace == trace

    override fun hashCode(): Int = 31 * message.hashCode() + trace.hashCode()

    override fun toString(): String = "RemoteError($message)"
}
