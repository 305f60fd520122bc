package io.hypha.rpc.call

/** The interface objects in one message. */
internal class InterfaceLoans {
    private var loans: MutableList<InterfaceLoan>? = null

    /** Whether the peer may know them: then they stay, else they are taken back. */
    var mayBeKept: Boolean = false

    fun add(loan: InterfaceLoan) {
        (loans ?: ArrayList<InterfaceLoan>().also { loans = it }) += loan
    }

    /** Encodes a value that stays in this client by [encode]; when that fails the objects in it are taken back. */
    inline fun <R> whileEncoding(encode: () -> R): R = settling { encode().also { mayBeKept = true } }

    /** Encodes and sends the message by [send], and settles what becomes of the objects in it. */
    inline fun <R> settling(send: () -> R): R =
        try {
            send()
        } finally {
            settle()
        }

    /** Says of all of them whether the peer may know them; to be called once. */
    fun settle() {
        loans?.forEach { if (mayBeKept) it.sent() else it.unsent() }
    }
}
