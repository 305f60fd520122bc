package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.value.Referable
import io.hypha.rpc.value.References
import io.hypha.rpc.value.Tagged
import io.hypha.rpc.value.Tags
import io.hypha.rpc.value.ValueWriter
import io.hypha.rpc.value.writeTextMap
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.SerializationStrategy
import kotlin.time.Duration

/**
 * Functions, streams and byte sources of one message, in both directions.
 *
 * @property peer who the message goes to or came from, absolute.
 * @property session the peer's session that the message belongs to: calls into it carry it as their parent.
 * @property order keeps those calls, and the reply, in order.
 * @property answered the session of the call of ours that the message answers: a function that was passed in it may come back.
 * @property timeout how long the owner of a received stream may be silent; null for as long as anybody.
 * @property isResult whether what is written is the result of a call, and nobody's own any more.
 * @property loans takes the interface objects that are written; null where none can be sent.
 * @property export the session of ours under which what is written can be called; asked for at the first such value.
 */
internal class MessageReferences(
    private val endpoint: RpcEndpoint,
    private val peer: String,
    private val session: String? = null,
    private val order: () -> SendOrder? = { null },
    private val answered: Session? = null,
    private val timeout: Duration? = null,
    private val isResult: Boolean = false,
    private val loans: InterfaceLoans? = null,
    private val export: () -> Session = { throw EncodingException("a function cannot be sent here") },
) : References {
    override fun write(
        value: Any,
        element: SerializationStrategy<Any?>?,
        out: ValueWriter,
    ) {
        when (value) {
            is LocalFunction -> exportFunction(value, out)
            is PublishedFunction -> out.write(methodObject(value.path, value.function, value.schema))
            is RemoteFunction -> forward(value, out)
            is StreamItem -> out.write(value.element, value.value)
            is Upload.Piece -> out.out.writeBinary(value.bytes)
            is WireAlias -> out.write(value.wireValue)
            is LocalInterface -> lend(value, null, out)
            is Tagged -> lend(value.value as LocalInterface, value.type, out)
            is Map<*, *> -> writeForwardedInterface(value, out)
            is Flow<*> -> exportStream(value, element, out)
            is ByteSource -> exportSource(value, out)
            else -> throw EncodingException("a ${value::class.simpleName} cannot be sent as a reference")
        }
    }

    private fun exportFunction(
        function: LocalFunction,
        out: ValueWriter,
    ) {
        val path = export().export(function.name) { listOf(it to Exported.Function(function)) }
        out.write(methodObject(path, function, null))
    }

    /** A function of the same server travels on as it is; one of another server is called through this client (protocol §4.3). */
    private fun forward(
        function: RemoteFunction,
        out: ValueWriter,
    ) {
        val server = function.reference.server
        val local = function.local
        when {
            local != null && !function.reference.path.startsWith(SERVICES) -> exportFunction(local, out)
            server == null || server == endpoint.serverBaseUrl -> out.write(function.reference.entries)
            else -> exportFunction(forwarding(function), out)
        }
    }

    private fun lend(
        value: LocalInterface,
        tag: String?,
        out: ValueWriter,
    ) {
        val loans = loans ?: throw EncodingException("an interface object cannot be sent to everybody, only to one client")
        val loan = endpoint.interfaces.lend(value, peer, endpoint.format).also(loans::add)
        out.writeTextMap(if (tag == null) loan.entries else mapOf(Tags.TYPE to tag) + loan.entries)
    }

    private fun exportStream(
        flow: Flow<Any?>,
        element: SerializationStrategy<Any?>?,
        out: ValueWriter,
    ) {
        val session = export()
        val encodable: (Any?) -> Any? = if (element == null) { item -> item } else { item -> StreamItem(item, element) }
        var ids: List<String> = emptyList()
        val producer = GeneratorProducer(flow, encodable, endpoint.serving) { forget(session, ids) }
        val path =
            session.export("stream") { stem ->
                ids = listOf(stem, stem + Session.CLOSE)
                listOf(producer.next, producer.close).map { Exported.StreamPart(it, producer::cancel) }.let(ids::zip)
            }
        out.write(
            linkedMapOf(
                "_rtype" to "generator",
                "_rserver" to endpoint.serverBaseUrl,
                "_rtarget" to endpoint.me,
                "_rmethod" to path,
                "_rclose_method" to path + Session.CLOSE,
                "_rpromise" to "*",
                "_rdoc" to "Remote generator",
            ),
        )
    }

    /** The owner of an argument keeps it; a result is left to its reader, and has to be closed when that one no longer can. */
    private fun exportSource(
        source: ByteSource,
        out: ValueWriter,
    ) {
        val session = export()
        var ids: List<String> = emptyList()
        val export = ByteSourceExport(endpoint, source) { forget(session, ids) }
        val path =
            session.export("bytes") { stem ->
                ids = export.functions.map { "$stem:${it.name}" }
                ids.zip(export.functions) { id, function ->
                    val isLast = isResult && function === export.functions.last()
                    id to Exported.StreamPart(function, if (isLast) export::abandon else ({}))
                }
            }
        out.write(export.properties + export.functions.associate { it.name to methodObject("$path:${it.name}", it, null) })
    }

    /** A stream has ended; the session of a result ends with the last thing in it. */
    private fun forget(
        session: Session,
        ids: List<String>,
    ) {
        session.remove(ids)
        if (session.call == null && session.isEmpty) endpoint.sessions.close(session)
    }

    private fun methodObject(
        path: String,
        function: LocalFunction,
        schema: Map<String, Any?>?,
    ): Map<String, Any?> =
        linkedMapOf(
            "_rtype" to "method",
            "_rserver" to endpoint.serverBaseUrl,
            "_rtarget" to endpoint.me,
            "_rmethod" to path,
            "_rpromise" to "*",
            "_rname" to function.name,
            "_rdoc" to function.description,
            "_rschema" to schema,
            Capabilities.KEY to Capabilities.announced,
        )

    override fun method(entries: Map<String, Any?>): Referable {
        val reference = MethodReference.of(entries, targetOf(entries))
        val intoSession = belongsToSession(reference.path)
        return RemoteFunction(
            endpoint,
            reference,
            parent = session.takeIf { intoSession },
            order = if (intoSession) order() else null,
            own =
                if (reference.target ==
                    endpoint.me
                ) {
                    endpoint.localFunction(reference.path, peer) ?: answered?.passed(reference.path)
                } else {
                    null
                },
        )
    }

    override fun <T> generator(
        entries: Map<String, Any?>,
        element: DeserializationStrategy<T>,
    ): Flow<T> = GeneratorConsumer.of(endpoint, entries, this) { reader, references -> endpoint.format.read(element, reader, references) }

    override fun byteSource(entries: Map<String, Any?>): ByteSource = RemoteByteSource(entries)

    /** The owner of a received reference: its `_rtarget`, which may be a bare client id of the sender's workspace (protocol §3.1). */
    fun targetOf(entries: Map<String, Any?>): String =
        absoluteAddress(entries["_rtarget"] as? String ?: peer, workspaceOf(peer, endpoint.workspace))

    /** A call to a received generator. */
    fun request(
        target: String,
        path: String,
    ): CallRequest {
        val intoSession = belongsToSession(path)
        return CallRequest(
            target,
            path,
            emptyList(),
            parent = session.takeIf { intoSession },
            order = if (intoSession) order() else null,
            timeout = timeout,
            isStream = true,
        )
    }

    private fun belongsToSession(path: String) = session != null && path.startsWith(session) && path.getOrNull(session.length) == '.'

    private companion object {
        const val SERVICES = "services."
    }
}
