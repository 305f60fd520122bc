package io.hypha.rpc.call

/**
 * The cancellations of calls that have arrived in full, but have not begun: a long message is put together elsewhere than where messages are
 * read, and what its sender says meanwhile is read first. Kept only while such messages of that client are being taken, and a few for each: its
 * last word on a call comes while the message with that call is taken, or the call runs. Not safe for several threads: its owner has a lock.
 */
internal class EarlyCancellations {
    private val clients = HashMap<String, Client>()

    /** How many there are. */
    val size: Int get() = clients.values.sumOf { it.sessions.size }

    /** A long message of [from] is being taken. */
    fun begin(from: String) {
        clients.getOrPut(from) { Client() }.messages++
    }

    /** That is done: the call in it runs, or never will. */
    fun end(from: String) {
        val client = clients[from] ?: return
        client.messages--
        if (client.messages == 0) clients -= from
    }

    /** [from] gives up its call [session], which does not run. */
    fun add(
        from: String,
        session: String,
    ) {
        val client = clients[from] ?: return
        client.sessions += session
        if (client.sessions.size > client.messages * MOST_FOR_EACH) client.sessions.iterator().run { next().also { remove() } }
    }

    /** Whether [from] has given up its call [session], which begins now. */
    fun take(
        from: String,
        session: String,
    ): Boolean = clients[from]?.sessions?.remove(session) == true

    private class Client {
        var messages = 0
        val sessions = LinkedHashSet<String>()
    }

    private companion object {
        /** Others cross the results of calls that have just ended. */
        const val MOST_FOR_EACH = 16
    }
}
