package io.hypha.rpc.call

/**
 * How far a message that is too long for one frame has come.
 *
 * @property sent how many of its bytes the receiver has confirmed.
 * @property total how many bytes it has: the arguments as they are written, and what says where they go.
 */
public class TransferProgress(
    public val sent: Long,
    public val total: Long,
) {
    override fun equals(other: Any?): Boolean = other is TransferProgress && other.sent == sent && other.total == total

    override fun hashCode(): Int = 31 * sent.hashCode() + total.hashCode()

    override fun toString(): String = "$sent of $total bytes"
}
