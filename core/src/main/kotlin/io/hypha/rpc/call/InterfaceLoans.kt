package io.hypha.rpc.call

/** The interface objects in one message. */
internal class InterfaceLoans {
    private var loans: MutableList<InterfaceLoan>? = null

    fun add(loan: InterfaceLoan) {
        (loans ?: ArrayList<InterfaceLoan>().also { loans = it }) += loan
    }

    /** Encodes and sends the message by [send]; when that fails the objects in it are taken back. */
    inline fun <R> whileSending(send: () -> R): R {
        var isSent = false
        try {
            return send().also { isSent = true }
        } finally {
            settle(isSent)
        }
    }

    /** Says of all of them whether the peer may know them; to be called once. */
    fun settle(isSent: Boolean) {
        loans?.forEach { if (isSent) it.sent() else it.unsent() }
    }
}
