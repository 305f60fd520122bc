package io.hypha.rpc.service

import io.hypha.rpc.ProtocolException

/**
 * A part of what a search found.
 *
 * @property items the services of this page.
 * @property total how many there are on all pages; null when the server does not say.
 * @property offset how many come before this page.
 */
public class ServicePage internal constructor(
    public val items: List<ServiceInfo>,
    public val total: Long?,
    public val offset: Int,
) {
    override fun toString(): String = "ServicePage(${items.size} of ${total ?: "?"} from $offset on)"

    internal companion object {
        /** Reads what the server sent: a page, or the bare list of servers that know no pages. */
        fun of(
            answer: Any?,
            offset: Int,
        ): ServicePage {
            val page = answer as? Map<*, *>
            val items = (if (page == null) answer else page["items"]) as? List<*>
            if (items == null ||
                items.any { it !is Map<*, *> }
            ) {
                throw ProtocolException("the server's answer to a search is no list of services")
            }
            val infos = items.map { ServiceInfo(textKeys(it)) }
            return ServicePage(infos, (page?.get("total") as? Number)?.toLong(), offset)
        }
    }
}
