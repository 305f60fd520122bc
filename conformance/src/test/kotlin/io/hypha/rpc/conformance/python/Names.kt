package io.hypha.rpc.conformance.python

/**
 * What the recorded workspaces, clients, sessions and functions are called in the conversation that runs now. Ids of the side that is
 * played are spoken as recorded; ids that the other side makes up are learnt at their first appearance.
 *
 * @param conversation everything that was recorded on the connection.
 * @param playsClient whether the client's side of it is played, else the server's.
 */
internal class Names(
    conversation: Recording,
    playsClient: Boolean,
) {
    private val current = LinkedHashMap<String, String>()
    private val foreign = foreignIds(conversation, playsClient)

    /** Says that [recorded] is called [now]. */
    fun bind(
        recorded: String,
        now: String,
    ) {
        current[recorded] = now
    }

    fun now(recorded: String): String = current.entries.fold(recorded) { text, (old, new) -> text.replace(old, new) }

    /** [recorded] with every name replaced. */
    fun translated(recorded: Any?): Any? =
        when (recorded) {
            is String -> now(recorded)
            is List<*> -> recorded.map(::translated)
            is Map<*, *> -> recorded.entries.associate { (key, value) -> now(key as String) to translated(value) }
            else -> recorded
        }

    /** Whether [text] is what [recorded] is now; learns the ids in it that are new. */
    fun matches(
        recorded: String,
        text: String,
    ): Boolean {
        val unknown = foreign.filter { it !in current && it in recorded }.sortedBy(recorded::indexOf)
        if (unknown.isEmpty()) return now(recorded) == text
        val pattern = StringBuilder()
        var rest = recorded
        for (id in unknown) {
            pattern.append(Regex.escape(now(rest.substringBefore(id)))).append("([^.]+)")
            rest = rest.substringAfter(id)
        }
        pattern.append(Regex.escape(now(rest)))
        val groups = Regex(pattern.toString()).matchEntire(text)?.groupValues ?: return false
        unknown.forEachIndexed { index, id -> bind(id, groups[index + 1]) }
        return true
    }

    private companion object {
        fun foreignIds(
            conversation: Recording,
            playsClient: Boolean,
        ): Set<String> {
            val firstSpokenByClient = LinkedHashMap<String, Boolean>()
            for (message in conversation.messages) {
                for (id in idsIn(message)) if (id !in firstSpokenByClient) firstSpokenByClient[id] = message.isFromClient
            }
            return firstSpokenByClient.filterValues { it != playsClient }.keys
        }

        private fun idsIn(message: RecordedMessage): List<String> {
            val session = listOfNotNull(message.main["session"] as? String)
            val key =
                message.args
                    .take(1)
                    .filter { ".message_cache." in message.method }
                    .filterIsInstance<String>()
            return session + key + idsIn(message.args)
        }

        /** Sessions, functions and interface objects in a value: `session.function`, `session.function:close`, `services._rintf_….member`. */
        private fun idsIn(value: Any?): List<String> =
            when (value) {
                is List<*> -> value.flatMap(::idsIn)
                is Map<*, *> -> pathIds(value["_rmethod"] as? String) + value.values.flatMap(::idsIn)
                else -> emptyList()
            }

        private fun pathIds(path: String?): List<String> =
            when {
                path == null -> emptyList()
                path.startsWith("services._rintf_") -> listOf(path.split('.')[1])
                path.startsWith("services.") -> emptyList()
                else -> path.split('.', limit = 2)
            }
    }
}
