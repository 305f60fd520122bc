package io.hypha.rpc.call

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.value.readAll
import io.hypha.rpc.value.shape
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/**
 * A source of bytes of ours as a peer reads it: through functions of a session, which end when the peer closes the source
 * (protocol §4.4).
 *
 * @property onClose the peer has closed the source.
 */
internal class ByteSourceExport(
    private val endpoint: RpcEndpoint,
    private val source: ByteSource,
    private val onClose: () -> Unit,
) {
    /** What the peer learns of the source beside its functions. */
    val properties: Map<String, Any?>
        get() =
            linkedMapOf<String, Any?>("_rtype" to "iostream", "_rnative" to "jvm:ByteSource").apply {
                source.name?.let { put("name", it) }
                source.size?.let { put("size", it) }
                source.mediaType?.let { put("type", it) }
            }

    val functions: List<LocalFunction> = listOfNotNull(read(), if (source.isSeekable) seek() else null, close())

    private fun read(): LocalFunction {
        val size = param("size", "How many bytes at most; all that is left when absent or negative", default = null).typed(shape<Int?>())
        return LocalFunction("read", "Reads on; empty at the end", listOf(size), shape<Bytes>(), ignoresSurplus = true) { (wanted) ->
            val limit = wanted as Int? ?: -1
            when {
                limit < 0 -> source.readAll()
                limit == 0 -> Bytes.Empty
                else -> source.read(limit)
            }
        }
    }

    private fun seek(): LocalFunction {
        val position = param("position", "Where to read on, in bytes from the start").typed(shape<Long>())
        val whence = param("whence", "Always 0: positions count from the start", default = 0).typed(shape<Int>())
        return LocalFunction(
            "seek",
            "Continues reading elsewhere",
            listOf(position, whence),
            shape<Long>(),
            ignoresSurplus = true,
        ) { (to, from) ->
            require(from == 0) { "this stream seeks from its start only, which is whence 0, not $from" }
            source.seek(to as Long)
            to
        }
    }

    private fun close(): LocalFunction =
        LocalFunction("close", "Releases the stream", emptyList(), shape<Unit>(), ignoresSurplus = true) {
            onClose()
            source.close()
        }

    /** Closes a source that nobody else can close any more, even while the endpoint itself ends. Returns at once. */
    @OptIn(DelicateCoroutinesApi::class)
    fun abandon() {
        endpoint.scope.launch(start = CoroutineStart.ATOMIC) {
            withContext(NonCancellable) {
                try {
                    source.close()
                } catch (
                    @Suppress("TooGenericExceptionCaught") e: Exception,
                ) {
                    endpoint.logger.log(HyphaLogger.Level.Warn, "a stream of bytes that nobody reads any more could not be closed", e)
                }
            }
        }
    }
}
