package io.hypha.rpc.service

import kotlin.jvm.JvmField
import kotlin.jvm.JvmOverloads
import kotlin.jvm.JvmStatic

/**
 * Which service is meant when several fit an id (protocol §7.6). Without a mode it is `random` in the workspace `public`, what the application
 * says for an id with `@app`, and `exact` otherwise.
 *
 * @property word the mode in the words of the wire.
 */
public class SelectionMode private constructor(
    public val word: String,
) {
    override fun equals(other: Any?): Boolean = other is SelectionMode && other.word == word

    override fun hashCode(): Int = word.hashCode()

    override fun toString(): String = "SelectionMode($word)"

    /** The modes. */
    public companion object {
        /** The only one: several are an error. */
        @JvmField
        public val Exact: SelectionMode = SelectionMode("exact")

        /** Any of them, another one each time. */
        @JvmField
        public val Random: SelectionMode = SelectionMode("random")

        /** The one that was registered first. */
        @JvmField
        public val First: SelectionMode = SelectionMode("first")

        /** The one that was registered last. */
        @JvmField
        public val Last: SelectionMode = SelectionMode("last")

        /** The one whose client is least busy, of the clients that let themselves be measured. */
        @JvmField
        public val MinLoad: SelectionMode = SelectionMode("min_load")

        /** Any of those whose clients are connected to the same node of the server, if there are any. */
        @JvmField
        public val NativeRandom: SelectionMode = SelectionMode("native:random")

        /**
         * The server calls [function] of each of them and takes the one whose answer fits [criterion] best.
         *
         * @param function the name of a function of the service without parameters, which returns a number.
         */
        @JvmStatic
        @JvmOverloads
        public fun select(
            function: String,
            criterion: SelectionCriterion = SelectionCriterion.Min,
        ): SelectionMode {
            require(function.isNotEmpty() && function.none { it == ':' || it.isWhitespace() }) {
                "'$function' is no name of a function; the server calls it on each service to choose one"
            }
            return SelectionMode("select:${criterion.word}:$function")
        }
    }
}
