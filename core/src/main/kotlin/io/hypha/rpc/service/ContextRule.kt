package io.hypha.rpc.service

/**
 * Which functions of a service announce that they use the caller's context (protocol §7.2, §9.1).
 *
 * @property isForAll whether all of them do.
 * @property names the paths below the service id of those that do; has no meaning when all do.
 */
internal class ContextRule(
    private val isForAll: Boolean,
    private val names: List<String> = emptyList(),
) {
    /** What stands in the `config` of the service. */
    val wireValue: Any get() = if (isForAll || names.isEmpty()) isForAll else names

    fun appliesTo(name: String): Boolean = isForAll || name in names

    /** A name that fits no function would leave the function that was meant without its context in other languages. */
    fun requireKnown(functions: Set<String>) {
        val unknown = names.filterNot(functions::contains)
        require(unknown.isEmpty()) {
            "requireContext names ${unknown.joinToString { "'$it'" }}; the functions are ${functions.joinToString { "'$it'" }}"
        }
    }

    companion object {
        val None: ContextRule = ContextRule(isForAll = false)
    }
}
