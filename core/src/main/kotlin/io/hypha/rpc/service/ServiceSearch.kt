package io.hypha.rpc.service

/** How to search for services by what they are about (protocol §8.1). */
@HyphaDsl
public class ServiceSearch {
    /** Values that entries of the service must have, such as `type`. */
    public var filters: Map<String, Any?> = emptyMap()

    /** How many to return at most; 5. */
    public var limit: Int = DEFAULT_LIMIT

    /** How many to leave out before the first; 0. */
    public var offset: Int = 0

    /** The entry to sort by; null for the best fit first. */
    public var orderBy: String? = null

    /** The entries to return of each service; null for all. */
    public var returnFields: List<String>? = null

    /** Whether to look among the unlisted services of this client's own workspace too. */
    public var includeUnlisted: Boolean = false

    internal fun toKeywords(query: String?): Map<String, Any?> {
        require(limit > 0) { "limit must be at least 1, not $limit" }
        require(offset >= 0) { "offset must not be negative, but is $offset" }
        return buildMap {
            query?.let { put("query", it) }
            if (filters.isNotEmpty()) put("filters", filters)
            put("limit", limit)
            put("offset", offset)
            returnFields?.let { put("return_fields", it) }
            orderBy?.let { put("order_by", it) }
            put("pagination", true)
            if (includeUnlisted) put("include_unlisted", true)
        }
    }

    private companion object {
        const val DEFAULT_LIMIT = 5
    }
}
