package io.hypha.rpc.client

// How the maps of a server are read: what it leaves out, or sends in another shape, counts as absent.

internal fun Map<*, *>.text(key: String): String? = get(key) as? String

internal fun Map<*, *>.flag(key: String): Boolean = get(key) as? Boolean ?: false

internal fun Map<*, *>.texts(key: String): List<String> = (get(key) as? List<*>).orEmpty().filterIsInstance<String>()

internal fun Map<*, *>.map(key: String): Map<String, Any?> = withTextKeys(get(key))

internal fun withTextKeys(value: Any?): Map<String, Any?> =
    (value as? Map<*, *>).orEmpty().entries.associate { (key, entry) -> key.toString() to entry }
