package io.hypha.rpc.conformance.faults

import kotlin.time.Duration

/** What can go wrong between a client and a server. */
internal sealed interface Fault {
    /** Happens to the connections that there are, at once; a connection that is made afterwards is a good one. */
    sealed interface Momentary : Fault

    /** Holds for every connection, those that there are and those to come, until [FaultProxy.heal]. */
    sealed interface Lasting : Fault

    /** Each end sees that the other one has ended the connection (FIN), without a word about it on the WebSocket. */
    data object Cut : Momentary

    /** Each end sees the connection reset (RST): what was on its way is lost. */
    data object Reset : Momentary

    /** One end sees the connection end; the other one sees nothing, and what it sends vanishes. */
    enum class HalfOpen : Momentary {
        /** Only the client sees it. */
        ForServer,

        /** Only the server sees it. */
        ForClient,
    }

    /** Bytes are held up while the sockets stay open. */
    data class Stall(
        val ways: Set<Way> = Way.entries.toSet(),
    ) : Lasting {
        constructor(way: Way) : this(setOf(way))
    }

    /** Every piece of data arrives so much later. */
    data class Delay(
        val time: Duration,
    ) : Lasting

    /** Data arrives in packets of [size] bytes. */
    data class Fragments(
        val size: Int = 1,
    ) : Lasting

    /** No more data than this passes. */
    data class Bandwidth(
        val bytesPerSecond: Int,
    ) : Lasting

    /** New connections are refused: nobody listens. */
    data object Refuse : Lasting

    /** New connections are accepted, and nothing is ever said on them. */
    data object Silence : Lasting

    /**
     * New connections are accepted and soon cut.
     *
     * @property times so many of them.
     * @property frames cut when so many WebSocket frames have come down; the first one is the answer to the handshake. 0 cuts at once.
     */
    data class Flap(
        val times: Int,
        val frames: Int = 0,
    ) : Lasting

    /**
     * Bits are flipped in the next binary frames.
     *
     * @property offset which byte of the frame: of its payload, or when negative, of its WebSocket header, whose first byte is -1.
     * @property bits which bits of that byte.
     * @property frames how many of the frames that are long enough.
     */
    data class Corrupt(
        val way: Way,
        val offset: Int,
        val bits: Int = 1,
        val frames: Int = 1,
    ) : Lasting
}
