package io.hypha.rpc.hub.manager

import io.hypha.rpc.HyphaException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.route.ClientTable
import io.hypha.rpc.hub.service.SelectionMode
import io.hypha.rpc.hub.service.SelectionMode.Criterion
import io.hypha.rpc.hub.service.ServiceEntry
import io.hypha.rpc.hub.service.ServiceId
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.flow.firstOrNull
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration

/** Chooses one of several services that all fit (protocol §7.6). */
internal class Selector(
    private val clients: ClientTable,
    private val connection: HyphaConnection,
) {
    /**
     * One of [entries], of which there is at least one.
     *
     * @param patience how long each of them may take to answer, where they are asked.
     */
    suspend fun select(
        mode: SelectionMode,
        query: ServiceId,
        entries: List<ServiceEntry>,
        patience: Duration,
    ): ServiceEntry =
        when (mode) {
            is SelectionMode.Plain -> mode.select(query, entries)
            is SelectionMode.MinLoad -> entries.minBy(::load)
            is SelectionMode.Asking -> entries.singleOrNull() ?: asking(mode, entries, patience) ?: entries.random()
        }

    private fun load(entry: ServiceEntry): Double = clients["${entry.id.workspace}/${entry.id.client}"]?.load?.now() ?: 0.0

    /** All are asked at once. Who has no such function, fails, is late or answers with no number is passed over. */
    private suspend fun asking(
        mode: SelectionMode.Asking,
        entries: List<ServiceEntry>,
        patience: Duration,
    ): ServiceEntry? {
        if (mode.criterion == Criterion.FIRST_SUCCESS) return firstToAnswer(mode.function, entries, patience)
        val answers =
            coroutineScope {
                entries.map { entry -> async { entry to (ask(entry, mode.function, patience)?.value as? Number)?.toDouble() } }.awaitAll()
            }.filter { (_, answer) -> answer != null && !answer.isNaN() }
        val best = if (mode.criterion == Criterion.MIN) answers.minByOrNull { it.second!! } else answers.maxByOrNull { it.second!! }
        return best?.first
    }

    private suspend fun firstToAnswer(
        function: String,
        entries: List<ServiceEntry>,
        patience: Duration,
    ): ServiceEntry? =
        channelFlow {
            for (entry in entries) launch { if (ask(entry, function, patience) != null) send(entry) }
        }.firstOrNull()

    private suspend fun ask(
        entry: ServiceEntry,
        function: String,
        patience: Duration,
    ): Answer? =
        try {
            withTimeoutOrNull(patience) {
                connection.ownFunction("${entry.id.workspace}/${entry.id.client}", entry.id.service, function)?.let { Answer(it()) }
            }
        } catch (_: HyphaException) {
            null
        }

    private class Answer(
        val value: Any?,
    )
}
