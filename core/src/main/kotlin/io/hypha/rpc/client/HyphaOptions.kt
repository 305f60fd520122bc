package io.hypha.rpc.client

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.connection.ExponentialBackoff
import io.hypha.rpc.connection.ReconnectPolicy
import io.hypha.rpc.metrics.HyphaMetrics
import io.hypha.rpc.service.CaseConversion
import io.hypha.rpc.value.Codec
import io.hypha.rpc.value.InstanceSerializers
import io.hypha.rpc.wire.WireLimits
import kotlinx.coroutines.Dispatchers
import kotlinx.serialization.modules.EmptySerializersModule
import kotlinx.serialization.modules.SerializersModule
import kotlin.coroutines.CoroutineContext
import kotlin.time.Clock
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/** How to connect. Set before connecting; changes afterwards have no effect. */
public open class HyphaOptions {
    /** The token to authenticate with; null to be an anonymous user. */
    public var token: String? = null

    /** Gives the token in the place of [token], when the connection is made and again before it ends; null for none. */
    public var tokenProvider: TokenProvider? = null

    /** The workspace to join; null to let the server choose. */
    public var workspace: String? = null

    /** The id of this client within its workspace: letters, digits, `_` and `-`; null for a random one. */
    public var clientId: String? = null

    /** How long a provider may be silent before a call fails: neither a reply nor a heartbeat. 30 seconds. */
    public var timeout: Duration = 30.seconds

    /** The same for calls to interface objects, whose owners vanish more often than services do. 10 seconds (protocol §3.5). */
    public var interfaceTimeout: Duration = 10.seconds

    /** How long the handshake may take, and how long an answer of [tokenProvider]. 30 seconds. */
    public var connectTimeout: Duration = 30.seconds

    /** The time between pings that keep an idle connection open; `Duration.INFINITE` for none. 20 seconds. */
    public var pingInterval: Duration = 20.seconds

    /**
     * How long the server may send nothing at all after a ping before the link counts as dead, and another one is made; `Duration.INFINITE`
     * to wait for the system to notice. 20 seconds.
     */
    public var pingTimeout: Duration = 20.seconds

    /**
     * When to come back after the link was lost, and when to give up. The first connection is made at once or not at all: what a server that is
     * not there yet, or is busy, comes to is for the caller to decide.
     */
    public var reconnect: ReconnectPolicy = ExponentialBackoff()

    /**
     * How long a message waits for the next link while there is none; then its call fails with a
     * [ConnectionClosedException][io.hypha.rpc.ConnectionClosedException] whose `didNotRun` is true. Zero to fail at once. 60 seconds.
     */
    public var reconnectWait: Duration = 60.seconds

    /**
     * How long calls of another client go on here after the server has said that it is gone, and what it got is kept: streams, functions,
     * interface objects. It may have lost its link only: when it is heard of in this time it gets its replies, and all goes on; else its calls
     * are cancelled and the rest ends (protocol §10.4). Zero to end all of it at once. 10 seconds.
     */
    public var callerGrace: Duration = 10.seconds

    /**
     * Binary messages per second to send at most in the long run; 0 for any number. Null for nine tenths of what the server announces, or of
     * 200 when it announces nothing (protocol §1.8).
     */
    public var messageRate: Double? = null

    /** Binary messages to send at once at most, above [messageRate]. Null for nine tenths of what the server announces, or of 2,000. */
    public var messageBurst: Int? = null

    /** The time between refreshes of the token to come back with; `Duration.INFINITE` for none. 2 hours. */
    public var tokenRefreshInterval: Duration = 2.hours

    /** The application that the services belong to (protocol §1.14); `*` for none. */
    public var appId: String = "*"

    /** How to write the names in services that are looked up, unless the look-up says; null to leave them as their providers have them. */
    public var caseConversion: CaseConversion? = null

    /** How types of your own travel. */
    public var codecs: List<Codec<*>> = emptyList()

    /** Serializers of your own for contextual and polymorphic types. */
    public var serializersModule: SerializersModule = EmptySerializersModule()

    /** What programs in another language send besides. */
    @InternalHyphaApi
    public var instanceSerializers: InstanceSerializers? = null

    /** Where handlers run and values are encoded and decoded, with the job that everything of the connection is a child of, if there is one. */
    public var coroutineContext: CoroutineContext = Dispatchers.Default

    /** Where to say what happens; silent by default, and SLF4J for connections that `connectToServer` makes. */
    public var logger: HyphaLogger = HyphaLogger.Silent

    /** Who hears of what the connection does, in numbers; null for nobody, which costs nothing. */
    public var metrics: HyphaMetrics? = null

    /** What a received message may hold. */
    public var limits: WireLimits = WireLimits.Default

    /** How many calls of others may run or wait at a time; further ones are refused as overloaded. */
    public var maxIncomingCalls: Int = 4096

    /** How many bytes the arguments of the calls of others may hold at a time; further calls are refused as overloaded. */
    public var maxIncomingBytes: Long = 256L * 1024 * 1024

    /** How many bytes the long messages that are arriving may hold at a time. */
    public var maxLongMessageBytes: Long = 1024L * 1024 * 1024

    /** How long the functions and streams of a result are kept while nobody uses them. 10 minutes (protocol §3.9). */
    public var idleSession: Duration = 600.seconds

    /** What measures idle times; for tests. */
    public var timeSource: TimeSource.WithComparableMarks = TimeSource.Monotonic

    /** The time of day, at which tokens end. */
    internal var epochSeconds: () -> Long = { Clock.System.now().epochSeconds }

    internal fun requireValid() {
        require(token?.isBlank() != true) { "the token is empty; leave it out to be an anonymous user" }
        require(token == null || tokenProvider == null) { "token and tokenProvider are both set; a connection has one of them" }
        require(timeout.isPositive()) { "timeout must be longer than nothing, not $timeout" }
        require(interfaceTimeout.isPositive()) { "interfaceTimeout must be longer than nothing, not $interfaceTimeout" }
        require(connectTimeout.isPositive()) { "connectTimeout must be longer than nothing, not $connectTimeout" }
        require(pingInterval.isPositive()) { "pingInterval must be longer than nothing, not $pingInterval" }
        require(tokenRefreshInterval.isPositive()) { "tokenRefreshInterval must be longer than nothing, not $tokenRefreshInterval" }
        require(pingTimeout.isPositive()) { "pingTimeout must be longer than nothing, not $pingTimeout" }
        require(!reconnectWait.isNegative()) { "reconnectWait must not be negative, not $reconnectWait" }
        require(!callerGrace.isNegative() && callerGrace.isFinite()) { "callerGrace must be 0 or more, not $callerGrace" }
        val rate = messageRate
        require(rate == null || (rate >= 0 && rate.isFinite())) { "messageRate must be 0 or more, not $rate" }
        val burst = messageBurst
        require(burst == null || burst > 0) { "messageBurst must be at least 1, not $burst" }
        val id = clientId
        require(id == null || clientIds.matches(id)) { "the client id '$id' may hold only letters, digits, '_' and '-' (protocol §1.9)" }
        require(maxIncomingCalls > 0) { "maxIncomingCalls must be at least 1, not $maxIncomingCalls" }
        require(maxIncomingBytes > 0) { "maxIncomingBytes must be at least 1, not $maxIncomingBytes" }
        require(maxLongMessageBytes > 0) { "maxLongMessageBytes must be at least 1, not $maxLongMessageBytes" }
        require(idleSession.isPositive()) { "idleSession must be longer than nothing, not $idleSession" }
    }

    private companion object {
        val clientIds = Regex("[A-Za-z0-9_-]+")
    }
}
