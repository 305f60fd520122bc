package io.hypha.rpc.client

import io.hypha.rpc.service.CaseConversion
import kotlin.time.Duration

/** How to get a service, however it is found. */
public open class LookupOptions internal constructor(
    /** How to write the names in the service; null to leave them as the provider has them. That of the connection unless set. */
    public var caseConversion: CaseConversion?,
) {
    /**
     * How long the provider may take to hand out its service, and the longest time that this client waits for all of the look-up, apart from the
     * choice among several. Null for 10 seconds at the server and the time-out of the connection here.
     */
    public var timeout: Duration? = null

    /**
     * Whether the handle follows its provider: see [RemoteService][io.hypha.rpc.service.RemoteService]. When false, a call to a provider that
     * is gone fails, and the service has to be looked up again by hand.
     */
    public var follow: Boolean = true

    internal open fun requireValid() {
        val limit = timeout
        require(limit == null || (limit.isPositive() && limit.isFinite())) { "timeout must be a time longer than nothing, not $limit" }
    }
}
