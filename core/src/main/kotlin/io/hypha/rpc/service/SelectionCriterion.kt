package io.hypha.rpc.service

/** What [SelectionMode.select] makes of the answers. */
public enum class SelectionCriterion(
    internal val word: String,
) {
    /** The least number. */
    Min("min"),

    /** The greatest number. */
    Max("max"),

    /** The first service that answers without an error. */
    FirstSuccess("first_success"),
}
