package io.hypha.rpc.client

import io.hypha.rpc.service.CaseConversion
import io.hypha.rpc.service.SelectionMode
import kotlin.time.Duration
import kotlin.time.DurationUnit

/** How to get a service through the server (protocol §7.6). */
public class GetServiceOptions internal constructor(
    caseConversion: CaseConversion?,
) : LookupOptions(caseConversion) {
    /** Which one when several fit; null for the server's own rule. */
    public var mode: SelectionMode? = null

    /** How long each service may take to answer when [mode] asks them; null for 2 seconds. */
    public var selectTimeout: Duration? = null

    override fun requireValid() {
        super.requireValid()
        val limit = selectTimeout
        require(
            limit == null || (limit.isPositive() && limit.isFinite()),
        ) { "selectTimeout must be a time longer than nothing, not $limit" }
    }

    /** What the server is told. */
    internal fun toConfig(): Map<String, Any?> =
        buildMap {
            mode?.let { put("mode", it.word) }
            timeout?.let { put("timeout", it.toDouble(DurationUnit.SECONDS)) }
            selectTimeout?.let { put("select_timeout", it.toDouble(DurationUnit.SECONDS)) }
            caseConversion?.let { put("case_conversion", it.word) }
        }
}
