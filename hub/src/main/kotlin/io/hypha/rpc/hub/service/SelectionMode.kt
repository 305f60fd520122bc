package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.auth.HubProblem

/** Which of several matching services is meant (protocol §7.6). There must be at least one. */
internal enum class SelectionMode(
    private val word: String,
) {
    EXACT("exact"),
    RANDOM("random"),
    FIRST("first"),
    LAST("last"),
    ;

    /** One of [entries]; several are an error in the mode `exact`. */
    fun select(
        query: ServiceId,
        entries: List<ServiceEntry>,
    ): ServiceEntry =
        when (this) {
            RANDOM -> entries.random()
            FIRST -> entries.first()
            LAST -> entries.last()
            EXACT -> entries.singleOrNull() ?: throw HubProblem("ValueError", ambiguous(query, entries))
        }

    private fun ambiguous(
        query: ServiceId,
        entries: List<ServiceEntry>,
    ): String {
        val some = entries.take(3).joinToString(", ") { it.id.full }
        return "Multiple services found for $query, such as $some. " +
            "Use the full id, or one of the modes random, first and last"
    }

    companion object {
        /**
         * The mode of that name; without one, `random` in the workspace `public` and `exact` elsewhere. All nodes are this one,
         * so `native:random` is `random`.
         */
        fun of(
            word: Any?,
            workspace: String,
        ): SelectionMode =
            when (word) {
                null -> if (workspace == "public") RANDOM else EXACT
                "native:random" -> RANDOM
                else -> entries.find { it.word == word } ?: throw HubProblem("ValueError", "Unsupported mode: $word")
            }
    }
}
