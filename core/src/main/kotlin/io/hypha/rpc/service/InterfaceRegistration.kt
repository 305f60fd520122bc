package io.hypha.rpc.service

import io.hypha.rpc.call.InterfaceLoan
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.platform.secureRandomBytes
import io.hypha.rpc.value.Tags
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.value.shape

/** The hidden service that stands for [source] towards one client (protocol §4.5). */
internal class InterfaceRegistration(
    val source: InterfaceObject,
    val peer: String,
    format: ValueFormat,
    private val table: InterfaceServices,
) : InterfaceLoan {
    val id: String = INTERFACE_ID + randomHex()

    val service: Service =
        Service(
            id = id,
            name = id,
            type = "generic",
            description = null,
            docs = null,
            config = ServiceConfig(Visibility.Protected, ContextRule.None, null, borrower = Borrower(peer, source.onlyAllowedCaller)),
            members = source.members + (DISPOSE to disposal { end() }),
        )

    override val entries: Map<String, Any?> =
        linkedMapOf<String, Any?>(Tags.INTERFACE to true) + ServiceDescription(service, "", "", format).toMembers() + (ID_KEY to id)

    /** How many messages with it are being sent; the table's lock guards it, and [isKnown]. */
    var underWay: Int = 0

    /** Whether a message with it has left: from then on the peer may use it. */
    var isKnown: Boolean = false

    override fun sent() {
        table.settle(this, isSent = true)
    }

    override fun unsent() {
        table.settle(this, isSent = false)
    }

    fun end() {
        table.remove(this)
    }

    companion object {
        /** The function by which a peer ends an interface object. */
        const val DISPOSE: String = "_dispose"
        const val ID_KEY: String = "_rintf_service_id"
        private const val RANDOM_BYTES = 16
        private const val HEX = 16

        fun disposal(action: () -> Unit): LocalFunction =
            LocalFunction(DISPOSE, "Ends this object", emptyList(), shape<Any?>(), ignoresSurplus = true) {
                action()
                null
            }

        /** Nobody may guess an id: all of the workspace can call what it names. */
        private fun randomHex() = secureRandomBytes(RANDOM_BYTES).joinToString("") { it.toUByte().toString(HEX).padStart(2, '0') }
    }
}
