package io.hypha.rpc.client

import io.hypha.rpc.service.textKeys

// How the maps of a server are read: what it leaves out, or sends in another shape, counts as absent.

internal fun Map<*, *>.text(key: String): String? = get(key) as? String

internal fun Map<*, *>.flag(key: String): Boolean = get(key) as? Boolean ?: false

internal fun Map<*, *>.texts(key: String): List<String> = (get(key) as? List<*>).orEmpty().filterIsInstance<String>()

internal fun Map<*, *>.map(key: String): Map<String, Any?> = textKeys(get(key))
