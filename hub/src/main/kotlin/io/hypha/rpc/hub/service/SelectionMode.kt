package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.auth.HubProblem

/** Which of several matching services is meant (protocol §7.6). */
internal sealed interface SelectionMode {
    /** A choice that needs nothing but the matches, of which there is at least one. */
    enum class Plain(
        val word: String,
    ) : SelectionMode {
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
                "Use the full id, or one of the modes random, first, last, min_load and select:criterion:function"
        }
    }

    /** The one whose client has sent the fewest messages in the last minute; only clients named `…__rlb` are counted. */
    data object MinLoad : SelectionMode

    /** The one whose [function], called without arguments, answers best. */
    data class Asking(
        val criterion: Criterion,
        val function: String,
    ) : SelectionMode

    /** Which answer is the best one. */
    enum class Criterion(
        val word: String,
    ) {
        MIN("min"),
        MAX("max"),
        FIRST_SUCCESS("first_success"),
    }

    companion object {
        private const val ASKING = "select:"

        /**
         * The mode of that name; without one, `random` in the workspace `public` and `exact` elsewhere. All nodes are this one,
         * so `native:random` is `random`.
         */
        fun of(
            word: Any?,
            workspace: String,
        ): SelectionMode =
            when (word) {
                null -> if (workspace == "public") Plain.RANDOM else Plain.EXACT
                "native:random" -> Plain.RANDOM
                "min_load" -> MinLoad
                is String if word.startsWith(ASKING) -> asking(word)
                else -> Plain.entries.find { it.word == word } ?: throw HubProblem("ValueError", unknown(word))
            }

        private fun asking(word: String): SelectionMode {
            val parts = word.split(':')
            if (parts.size != 3 || parts.any { it.isEmpty() }) {
                throw HubProblem("ValueError", "Invalid select mode format: $word. Expected 'select:criteria:function'")
            }
            val criterion =
                Criterion.entries.find { it.word == parts[1] }
                    ?: throw HubProblem("ValueError", "Unknown selection criteria: ${parts[1]}")
            return Asking(criterion, parts[2])
        }

        private fun unknown(word: Any?): String =
            "Invalid mode: $word. Mode must be 'random', 'first', 'last', 'exact', 'min_load', 'native:random', " +
                "or 'select:criteria:function' format (e.g., 'select:min:get_load')"
    }
}
