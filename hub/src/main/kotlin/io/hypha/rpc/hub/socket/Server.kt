package io.hypha.rpc.hub.socket

/**
 * How the hub introduces itself (protocol §1.4).
 *
 * @property publicUrl the address under which clients know the hub; it marks remote functions, so all clients must see the same.
 * @property localUrl the address on this machine.
 * @property managerId the second half of the workspace manager's address.
 * @property loginUrl the address of the login service; null when there is none.
 */
internal class Server(
    val publicUrl: String,
    val localUrl: String,
    val managerId: String,
    val loginUrl: String? = null,
) {
    companion object {
        /** How a hub that listens on [host] is reached on the same machine, as it is written in URLs. */
        fun localHost(host: String): String =
            when {
                host == "0.0.0.0" -> "127.0.0.1"
                host == "::" -> "[::1]"
                ':' in host && !host.startsWith("[") -> "[$host]"
                else -> host
            }

        /** What stands for the version of the server. */
        const val VERSION = "hypha-rpc-hub"
    }
}
