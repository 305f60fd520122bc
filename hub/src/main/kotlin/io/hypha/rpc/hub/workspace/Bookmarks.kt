package io.hypha.rpc.hub.workspace

import io.hypha.rpc.hub.auth.requireValue

/** What a user marked, kept in the user's own workspace (protocol §8.1). Safe for all threads. */
internal class Bookmarks {
    private val byId = LinkedHashMap<String, Map<String, Any?>>()

    /** Puts a bookmark to the end, in the place of an older one for the same thing. */
    @Synchronized
    fun put(bookmark: Map<String, Any?>) {
        val id = bookmark["id"] as String
        byId.remove(id)
        requireValue(byId.size < MOST) { "A user can have at most $MOST bookmarks" }
        byId[id] = bookmark
    }

    /** Removes the bookmark for what has that id, if there is one. */
    @Synchronized
    fun remove(id: String) {
        byId.remove(id)
    }

    /** All bookmarks, the newest last. */
    @Synchronized
    fun all(): List<Map<String, Any?>> = byId.values.toList()

    private companion object {
        const val MOST = 256
    }
}
