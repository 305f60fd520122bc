package io.hypha.rpc.service

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.OverloadedException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.call.CallContext
import io.hypha.rpc.call.InterfaceLoan
import io.hypha.rpc.call.InterfaceTable
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.LocalInterface
import io.hypha.rpc.call.SharedRoom
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.value.ValueFormat

/** The hidden services of one client (protocol §4.5). No server hears of them. */
internal class InterfaceServices(
    private val permission: Permission,
) : InterfaceTable {
    private val lock = Lock()
    private val byId = HashMap<String, InterfaceRegistration>()
    private val byPeer = HashMap<String, MutableMap<InterfaceObject, InterfaceRegistration>>()
    private val room = SharedRoom(MAX_LENT, Long.MAX_VALUE)
    private var isClosed = false

    override val size: Int get() = lock.withLock { byId.size }

    override fun lend(
        value: LocalInterface,
        peer: String,
        format: ValueFormat,
    ): InterfaceLoan {
        val source = value as InterfaceObject
        lock.withLock { known(source, peer) }?.let { return it }
        // Not under the lock: serializers of the user say what the parameters look like.
        val made = InterfaceRegistration(source, peer, format, this)
        return lock.withLock {
            if (isClosed) throw ConnectionClosedException("the connection that was to lend $source is closed")
            known(source, peer) ?: made.also(::add)
        }
    }

    private fun known(
        source: InterfaceObject,
        peer: String,
    ): InterfaceRegistration? = byPeer[peer]?.get(source)?.also { it.underWay++ }

    private fun add(registration: InterfaceRegistration) {
        if (!room.tryTake(registration.peer, 0)) {
            throw OverloadedException(
                "too many interface objects are lent to ${registration.peer} and others; end those that are not needed",
            )
        }
        registration.underWay++
        byId[registration.id] = registration
        byPeer.getOrPut(registration.peer) { HashMap() }[registration.source] = registration
        registration.source.add(registration)
    }

    /** A message with [registration] has left or could not; nobody but the peers that got one knows of it. */
    fun settle(
        registration: InterfaceRegistration,
        isSent: Boolean,
    ) {
        lock.withLock {
            registration.underWay--
            if (isSent) registration.isKnown = true
            if (!registration.isKnown && registration.underWay == 0) forget(registration)
        }
    }

    fun find(id: String): Service? = lock.withLock { byId[id] }?.service

    fun remove(registration: InterfaceRegistration) {
        lock.withLock { forget(registration) }
    }

    /** Ends the one with this id; false when there is none. */
    fun remove(id: String): Boolean = lock.withLock { byId[id]?.let(::forget) != null }

    override fun countFor(peer: String): Int = lock.withLock { byPeer[peer]?.size ?: 0 }

    override fun peerGone(peer: String): Int =
        lock.withLock {
            val lent = byPeer[peer]?.values?.toList().orEmpty()
            lent.forEach(::forget)
            lent.size
        }

    /** Ends all of them; no more can be lent. */
    fun close() {
        lock.withLock {
            isClosed = true
            byId.values.toList().forEach(::forget)
        }
    }

    private fun forget(registration: InterfaceRegistration) {
        if (byId.remove(registration.id) == null) return
        room.free(registration.peer, 0)
        val ofPeer = byPeer.getValue(registration.peer)
        ofPeer -= registration.source
        if (ofPeer.isEmpty()) byPeer -= registration.peer
        registration.source.remove(registration)
    }

    /** The function at [path], which begins with `services._rintf_`. */
    fun resolve(
        path: String,
        caller: CallContext,
    ): LocalFunction {
        val id = path.substringAfter('.').substringBefore('.')
        val service = find(id)
        // Ending twice what has ended is no error, whoever forgot it first.
        if (service == null && path == "services.$id.${InterfaceRegistration.DISPOSE}") return disposed
        val function = service?.functions?.get(path)
        if (function == null) throw MethodNotFoundException("Method expired or not found: ${caller.from}:$path")
        if (!permission.allowsCall(service, caller)) throw PermissionDeniedException(permission.refusalOfCall(service, path, caller))
        return function
    }

    private companion object {
        /** How many objects are lent at a time, to all peers together. */
        const val MAX_LENT = 65_536
        val disposed = InterfaceRegistration.disposal {}
    }
}
