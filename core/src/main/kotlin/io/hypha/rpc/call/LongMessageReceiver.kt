package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.OverloadedException
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.wire.Bytes
import kotlin.time.ComparableTimeMark
import kotlin.time.Duration
import kotlin.time.TimeSource

/**
 * Collects the pieces of long messages (protocol §6.2). Each buffer belongs to the client that made it; nobody else can write into it
 * or process it. Count, bytes and age are bounded, and no client takes all the room there is.
 */
internal class LongMessageReceiver(
    private val me: String,
    maxMessages: Int,
    private val maxBytes: Long,
    private val maxAge: Duration,
    private val timeSource: TimeSource.WithComparableMarks,
) {
    private val lock = Lock()
    private val buffers = HashMap<Key, Buffer>()
    private val room = SharedRoom(maxMessages, maxBytes)

    val size: Int get() = lock.withLock { buffers.size }

    fun count(): Count = lock.withLock { Count(buffers.size, buffers.values.sumOf { it.bytes - it.parts.size * PIECE_OVERHEAD.toLong() }) }

    /** How many messages are arriving, and how many of their bytes are there. */
    class Count(
        val messages: Int,
        val bytes: Long,
    )

    fun create(
        owner: String,
        key: String,
        overwrite: Boolean,
    ) {
        lock.withLock {
            val id = Key(owner, key)
            if (id in buffers && !overwrite) throw EncodingException("Message with key $key already exists in the cache store")
            drop(id)
            if (!room.tryTake(owner, 0)) {
                dropExpired()
                if (!room.tryTake(owner, 0)) throw OverloadedException("$me takes no more long messages at a time; send again later")
            }
            buffers[id] = Buffer(timeSource.markNow())
        }
    }

    fun append(
        owner: String,
        key: String,
        data: Bytes,
    ) {
        lock.withLock { store(owner, key, buffer(owner, key).parts.size, data) }
    }

    fun set(
        owner: String,
        key: String,
        index: Int,
        data: Bytes,
    ) {
        lock.withLock { store(owner, key, index, data) }
    }

    /** The whole message; the buffer is gone afterwards. */
    fun take(
        owner: String,
        key: String,
    ): Bytes {
        val parts =
            lock.withLock {
                val parts = buffer(owner, key).parts
                val missing = (0 until parts.size).firstOrNull { it !in parts }
                if (missing != null) throw EncodingException("Message with key $key misses its piece $missing")
                drop(Key(owner, key))
                parts
            }
        return join(parts)
    }

    fun remove(
        owner: String,
        key: String,
    ) {
        lock.withLock {
            buffer(owner, key)
            drop(Key(owner, key))
        }
    }

    /** Whether a client has sent something that is not complete yet. */
    fun hasAnyFrom(owner: String): Boolean = lock.withLock { buffers.keys.any { it.owner == owner } }

    /** Forgets what a client that is gone has left unfinished. */
    fun dropAllFrom(owner: String) {
        lock.withLock { buffers.keys.filter { it.owner == owner }.forEach(::drop) }
    }

    fun clear() {
        lock.withLock { buffers.keys.toList().forEach(::drop) }
    }

    private fun store(
        owner: String,
        key: String,
        index: Int,
        data: Bytes,
    ) {
        val buffer = buffer(owner, key)
        if (index !in 0 until MAX_PIECES) throw EncodingException("a long message has no piece $index")
        // Before anything is dropped for its age: this message goes on.
        buffer.touched = timeSource.markNow()
        val added = data.size - (buffer.parts[index]?.size ?: -PIECE_OVERHEAD).toLong()
        if (buffer.bytes + added > Int.MAX_VALUE || !makeRoom(owner, added)) {
            drop(Key(owner, key))
            throw OverloadedException("$me takes long messages of $maxBytes bytes at a time; this one was dropped")
        }
        buffer.parts[index] = data
        buffer.bytes += added
    }

    private fun makeRoom(
        owner: String,
        added: Long,
    ): Boolean {
        if (room.tryTake(owner, added, count = 0)) return true
        dropExpired()
        return room.tryTake(owner, added, count = 0)
    }

    /** The text is the protocol's own (protocol §6.2). */
    private fun buffer(
        owner: String,
        key: String,
    ): Buffer = buffers[Key(owner, key)] ?: throw EncodingException("Message with key $key does not exists.")

    private fun drop(key: Key) {
        buffers.remove(key)?.let { room.free(key.owner, it.bytes) }
    }

    private fun dropExpired() {
        buffers
            .filterValues { it.touched.elapsedNow() >= maxAge }
            .keys
            .toList()
            .forEach(::drop)
    }

    /** Forgets messages of which nothing has arrived for long. */
    fun sweep() {
        lock.withLock { dropExpired() }
    }

    private fun join(parts: Map<Int, Bytes>): Bytes {
        parts.values.singleOrNull()?.let { return it }
        val whole = ByteArray(parts.values.sumOf { it.size })
        var at = 0
        for (index in 0 until parts.size) {
            val part = parts.getValue(index)
            part.copyInto(whole, at)
            at += part.size
        }
        return Bytes(whole)
    }

    private data class Key(
        val owner: String,
        val key: String,
    ) {
        init {
            // Refusals repeat it.
            if (key.length >
                CallHeader.LONGEST_NAME
            ) {
                throw EncodingException("the key of a long message cannot have ${key.length} characters")
            }
        }
    }

    private class Buffer(
        var touched: ComparableTimeMark,
    ) {
        val parts = HashMap<Int, Bytes>()
        var bytes = 0L
    }

    private companion object {
        const val MAX_PIECES = 1 shl 20

        /** What a piece costs beside its bytes, so that a flood of tiny ones is bounded as well. */
        const val PIECE_OVERHEAD = 64
    }
}
