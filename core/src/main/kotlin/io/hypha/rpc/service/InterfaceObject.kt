package io.hypha.rpc.service

import io.hypha.rpc.call.LocalInterface
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.serialization.Serializable

/**
 * Functions of this program that a peer may keep: unlike a callback they can be called after the call that brought them has ended
 * (protocol §4.5). Made by [interfaceObject]; it can be passed wherever a function can: as an argument or in one, in a result, in an event to
 * one client. Plain values in it go along.
 *
 * For every client that it is sent to there is a hidden service, which is in no list. It ends when that client disposes of it or leaves, by
 * [dispose], by [unregisterService][io.hypha.rpc.client.HyphaConnection.unregisterService] with one of the [ids], and with the connection;
 * calls that run by then end as usual. Sent again to the same client it is the same object there, and when that client disposes of it, all of
 * its handles have ended. Not every server tells of a client in another workspace that leaves: dispose of what
 * such a client was handed when it is no longer needed.
 *
 * Calls run side by side, in no order, as those of a service do. It may be sent over several connections, and is safe for use from any
 * thread.
 */
@Serializable(with = InterfaceObjectSerializer::class)
public class InterfaceObject internal constructor(
    internal val members: Map<String, Any?>,
    internal val onlyAllowedCaller: Boolean,
) : LocalInterface {
    private val lock = Lock()
    private val registrations = linkedSetOf<InterfaceRegistration>()

    /** The ids of the hidden services that stand for it now: one for each client that may call it. */
    public val ids: List<String> get() = lock.withLock { registrations.map { it.id } }

    /** Ends it for all clients that it was sent to. Doing so again changes nothing; sending it again begins anew. */
    public fun dispose() {
        lock.withLock { registrations.toList() }.forEach(InterfaceRegistration::end)
    }

    internal fun add(registration: InterfaceRegistration) {
        lock.withLock { registrations += registration }
    }

    internal fun remove(registration: InterfaceRegistration) {
        lock.withLock { registrations -= registration }
    }

    override fun toString(): String = "InterfaceObject(${members.keys.joinToString()})"
}

/**
 * Makes an object of functions that its receiver may keep.
 *
 * @param onlyAllowedCaller refuses everybody but the client that it was sent to; else all of this connection's workspace may call it too,
 * once they were handed its functions.
 * @param build the functions and values, as in a group of a service; at least one function.
 */
public fun interfaceObject(
    onlyAllowedCaller: Boolean = false,
    build: MembersBuilder.() -> Unit,
): InterfaceObject {
    val members = MembersBuilder().apply(build).members.toMap()
    require(holdsFunction(members)) { "an interface object needs a function; plain values are sent as a map" }
    return InterfaceObject(members, onlyAllowedCaller)
}
