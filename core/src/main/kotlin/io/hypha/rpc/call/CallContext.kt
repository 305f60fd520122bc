package io.hypha.rpc.call

import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.PlainValues
import io.hypha.rpc.wire.WireLimits

/**
 * Who calls, as the server vouches for it. A caller cannot forge any of it: only what the server wrote into the message counts
 * (protocol §2.6, §9.1).
 *
 * @property from the caller, `workspace/client_id`.
 * @property to the client that is called, `workspace/client_id`.
 * @property workspace the caller's workspace; for a workspace manager the one on whose behalf it calls.
 * @property session the caller's session, which is unique among its calls; null for a call that expects no reply, and for an event.
 * @property connectionType how the message came, such as `websocket`.
 * @property callerPublicKey the caller's public key, 64 hexadecimal digits, when the call came encrypted (protocol §13); else null.
 */
public class CallContext internal constructor(
    public val from: String,
    public val to: String,
    public val workspace: String,
    public val session: String?,
    public val connectionType: String,
    internal val encodedUser: Bytes?,
    limits: WireLimits,
    public val callerPublicKey: String? = null,
    knownUser: UserInfo? = null,
) {
    /** The caller's user. */
    public val user: UserInfo by lazy {
        if (knownUser != null) return@lazy knownUser
        val entries = encodedUser?.let { PlainValues.read(MsgPackReader(it, limits)) as? Map<*, *> }
        UserInfo(entries.orEmpty().entries.associate { (key, value) -> key.toString() to value })
    }

    override fun toString(): String = "CallContext(from=$from)"
}
