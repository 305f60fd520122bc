package io.hypha.rpc.hub

import io.hypha.rpc.hub.login.NamedUsers
import java.net.URI
import kotlin.time.Duration
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/**
 * How a hub is to run. Made by [hubOptions] or a [Builder]; never changes afterwards.
 *
 * @property host the address to listen on; `127.0.0.1` is for this machine only, `0.0.0.0` for every network.
 * @property port the port to listen on; 0 picks a free one, see [HyphaHub.port].
 * @property publicUrl the address under which all clients know the hub, such as `https://hypha.example.org`; null makes it from
 *   host and port. It marks remote functions, so it has to be the same for all clients.
 * @property jwtSecret signs the tokens, at least 32 bytes of UTF-8; null makes a new one, and tokens end with the hub.
 * @property rootToken whoever shows it may do everything, at least 32 characters; null for none.
 * @property messageRate binary messages a second that a client may send in the long run; 0 for any number. Clients learn it when
 *   they connect; one that sends more is disconnected.
 * @property messageBurst binary messages that a client may send at once; counts only with a [messageRate].
 * @property maxFrameBytes size of the largest message that a client may send; one that sends a larger one is disconnected.
 * @property maxQueuedBytes bytes that may wait for one client; a client that reads more slowly than others send to it is
 *   disconnected when there are more.
 * @property idleTimeout a client that sends nothing for that long, not even a ping, is disconnected.
 * @property reconnectDelay longest random delay of a reconnection, against all clients coming back in the same moment.
 * @property reconnectionTokenLife how long a client can reconnect as who it was.
 * @property workspaceGrace how long a temporary workspace, and what is kept for an anonymous user, outlives the last client in it.
 * @property eventLoops threads that read, route and write.
 * @property login who may log in at the hub's login page, which programs send people to; null for no login at all. One that asks for no
 *   password is for hubs that are for this machine only.
 * @property loginTime how long a login may take, from its start until the program has the token.
 */
public class HubOptions private constructor(
    builder: Builder,
) {
    public val host: String = builder.host
    public val port: Int = builder.port
    public val publicUrl: String? = builder.publicUrl?.trimEnd('/')
    public val jwtSecret: String? = builder.jwtSecret
    public val rootToken: String? = builder.rootToken
    public val messageRate: Double = builder.messageRate
    public val messageBurst: Int = builder.messageBurst
    public val maxFrameBytes: Int = builder.maxFrameBytes
    public val maxQueuedBytes: Long = builder.maxQueuedBytes
    public val idleTimeout: Duration = builder.idleTimeout
    public val reconnectDelay: Duration = builder.reconnectDelay
    public val reconnectionTokenLife: Duration = builder.reconnectionTokenLife
    public val workspaceGrace: Duration = builder.workspaceGrace
    public val eventLoops: Int = builder.eventLoops
    public val login: LoginProvider? = builder.login
    public val loginTime: Duration = builder.loginTime

    init {
        require(port in 0..LARGEST_PORT) { "The port must be 0 to $LARGEST_PORT, not $port" }
        require(jwtSecret == null || jwtSecret.encodeToByteArray().size >= SHORTEST_SECRET) {
            "The JWT secret must have at least $SHORTEST_SECRET bytes"
        }
        require(rootToken == null || rootToken.length >= SHORTEST_SECRET) {
            "The root token must have at least $SHORTEST_SECRET characters"
        }
        require(messageRate.isFinite() && messageRate >= 0) { "The message rate must be 0 or more, not $messageRate" }
        require(messageBurst >= 0 && (messageRate == 0.0 || messageBurst > 0)) {
            "With a message rate, the message burst must be 1 or more, not $messageBurst"
        }
        require(maxFrameBytes >= SMALLEST_FRAME) { "The frame limit must be $SMALLEST_FRAME bytes or more, not $maxFrameBytes" }
        require(maxQueuedBytes >= maxFrameBytes) { "The queue limit must be no less than the frame limit, $maxFrameBytes bytes" }
        require(publicUrl == null || publicUrl.startsWith("http://") || publicUrl.startsWith("https://")) {
            "The public URL must begin with http:// or https://, not '$publicUrl'"
        }
        require(publicUrl == null || hostOf(publicUrl) != null) { "The public URL must name a host, and be a valid URL" }
        require(idleTimeout.isPositive()) { "The idle timeout must be positive; leave it infinite for none" }
        require(!reconnectDelay.isNegative() && reconnectDelay.isFinite()) { "The reconnect delay must be 0 or more" }
        require(reconnectionTokenLife.inWholeSeconds > 0 && reconnectionTokenLife.isFinite()) {
            "The life of reconnection tokens must be a second or more"
        }
        require(!workspaceGrace.isNegative()) { "The grace of workspaces must be 0 or more" }
        require(eventLoops >= 1) { "There must be at least one event loop" }
        require(loginTime.isPositive() && loginTime.isFinite()) { "The time for a login must be more than nothing" }
        require(login !is NamedUsers || login.asksForPassword || isLocal()) {
            "A login without a password is for a hub on 127.0.0.1 only, because everybody who reaches it can be anybody; " +
                "use LoginProvider.withPassword (HYPHA_LOGIN_PASSWORD on the command line) or a provider of your own"
        }
    }

    private fun hostOf(url: String): String? = runCatching { URI(url).let { it.host ?: it.rawAuthority } }.getOrNull()

    private fun isLocal(): Boolean = listOfNotNull(host, publicUrl?.let(::hostOf)).all { it in LOCAL_HOSTS }

    /** Collects options; what is not set keeps its default. The properties are those of [HubOptions]. */
    public class Builder {
        public var host: String = "127.0.0.1"
        public var port: Int = 0
        public var publicUrl: String? = null
        public var jwtSecret: String? = null
        public var rootToken: String? = null
        public var messageRate: Double = 0.0
        public var messageBurst: Int = 0
        public var maxFrameBytes: Int = 16 shl 20
        public var maxQueuedBytes: Long = 64L shl 20
        public var idleTimeout: Duration = 10.minutes
        public var reconnectDelay: Duration = Duration.ZERO
        public var reconnectionTokenLife: Duration = 2.days
        public var workspaceGrace: Duration = 1.minutes
        public var login: LoginProvider? = null
        public var loginTime: Duration = 180.seconds

        /** Half of the processors by default: on the same machine the clients need the other half. */
        public var eventLoops: Int = maxOf(1, Runtime.getRuntime().availableProcessors() / 2)

        /**
         * The options.
         *
         * @throws IllegalArgumentException when one of them cannot be; the message says which, and what it may be.
         */
        public fun build(): HubOptions = HubOptions(this)
    }

    /** Building in Java. */
    public companion object {
        private const val LARGEST_PORT = 65535
        private const val SHORTEST_SECRET = 32
        private const val SMALLEST_FRAME = 300_000
        private val LOCAL_HOSTS = setOf("127.0.0.1", "localhost", "::1", "[::1]")

        /** Collects options in Java; [hubOptions] does in Kotlin. */
        @JvmStatic
        public fun builder(): HubOptionsBuilder = HubOptionsBuilder()
    }
}

/**
 * Options from a block of assignments: `hubOptions { port = 9527 }`.
 *
 * @throws IllegalArgumentException when one of them cannot be.
 */
public fun hubOptions(configure: HubOptions.Builder.() -> Unit): HubOptions = HubOptions.Builder().apply(configure).build()
