package io.hypha.rpc.conformance.provider

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.param
import io.hypha.rpc.service.MembersBuilder
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.take
import java.util.concurrent.ConcurrentHashMap

/** Streams in both directions, and what became of those with a label. */
internal class Streams {
    private val ends = ConcurrentHashMap<String, Map<String, Any>>()

    fun define(members: MembersBuilder) {
        members.function("generator", param("n"), param("label")) { n: Int, label: String? -> counting(n, label) }
        members.function("syncGenerator", param("n"), param("label")) { n: Int, label: String? -> counting(n, label) }
        members.function("generatorThrows", param("n"), param("message"), param("label")) { n: Int, message: String, label: String? ->
            failing(n, message, label)
        }
        members.function("generatorOfBytes", param("n"), param("size")) { n: Int, size: Int -> bytes(n, size) }
        members.function("generatorOfValues") { mixed() }
        members.function("streamEnd", param("label")) { label: String -> end(label) }
        members.function("consume", param("stream"), param("limit", default = null)) { stream: Flow<Any?>, limit: Int? ->
            consume(stream, limit)
        }
    }

    fun end(label: String): Map<String, Any>? = ends[label]

    fun bytes(
        n: Int,
        size: Int,
    ): Flow<ByteArray> = flow { for (i in 0 until n) emit(patternBytes(size + i)) }

    fun counting(
        n: Int,
        label: String?,
    ): Flow<Int> =
        flow {
            var produced = 0
            var how = "closed"
            try {
                while (produced < n) emit(produced++)
                how = "completed"
            } finally {
                label?.let { ends[it] = mapOf("how" to how, "produced" to produced) }
            }
        }

    fun failing(
        n: Int,
        message: String,
        label: String?,
    ): Flow<Int> =
        flow {
            var produced = 0
            try {
                while (produced < n) emit(produced++)
                throw IllegalStateException(message)
            } finally {
                label?.let { ends[it] = mapOf("how" to "failed", "produced" to produced) }
            }
        }

    fun mixed(): Flow<Any?> = flowOf(null, 0, "", listOf(1, mapOf("two" to 2)), byteArrayOf(3), setOf(4))

    private suspend fun consume(
        stream: Flow<Any?>,
        limit: Int?,
    ): Map<String, Any?> {
        val items = ArrayList<Any?>()
        val error =
            try {
                (if (limit == null) stream else stream.take(limit)).collect(items::add)
                null
            } catch (e: HyphaException) {
                e.message
            }
        return mapOf("items" to items, "error" to error)
    }
}
