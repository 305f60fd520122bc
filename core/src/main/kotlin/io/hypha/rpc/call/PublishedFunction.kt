package io.hypha.rpc.call

import io.hypha.rpc.value.Referable

/**
 * A function of a registered service, as it is handed to others: by its path, so that it stays valid as long as the service does
 * (protocol §3.1).
 */
internal class PublishedFunction(
    val path: String,
    val function: LocalFunction,
    val schema: Map<String, Any?>?,
) : Referable
