package io.hypha.rpc.conformance.faults

import io.hypha.rpc.HyphaException
import io.hypha.rpc.value.NDArray
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** Peers that do not read what is sent to them. */
class FlowControlTest {
    @Test
    fun `calls over a link on which nobody reads wait, and take no memory but that of their own arguments`() =
        FaultStage.test {
            Workshop().open(connect())
            val proxy = proxy()
            val caller =
                connect(proxy) {
                    pingInterval = 1.minutes
                    timeout = 1.minutes
                }
            val service = caller.getService(Workshop.ID)
            // All calls have the same argument.
            val array = NDArray.of(ByteArray(BYTES))
            val before = Heap.used()
            proxy.inject(Fault.Stall(Way.Up))
            coroutineScope {
                val calls = List(CALLS) { async { service.call<NDArray>("mirror", array).size } }
                // Everything that can be stored on the way is full when the memory grows no more.
                var last = -1L
                while (true) {
                    val used = Heap.used()
                    if (last >= 0 && used - last < STEADY) break
                    last = used
                    delay(100.milliseconds)
                }
                Heap.used() - before shouldBeLessThan LARGEST
                proxy.heal()
                calls.awaitAll() shouldBe List(CALLS) { BYTES }
            }
            caller.statistics.sessions shouldBe 0
        }

    @Test
    fun `a client that does not read is put out by the hub, and the provider that answers it goes on`() =
        FaultStage.test(configureHub = { maxQueuedBytes = 16L shl 20 }) {
            val provider = connect()
            // Each in one frame: nobody waits for the client to confirm anything.
            provider.registerService("blobs") { function("blob") { ByteArray(BLOB) } }
            Workshop().open(provider)
            val proxy = proxy()
            val caller =
                connect(proxy) {
                    pingInterval = 1.minutes
                    timeout = 3.seconds
                }
            val blobs = caller.getService("blobs")
            proxy.inject(Fault.Stall(Way.Down))
            coroutineScope {
                val calls = List(BLOBS) { async { runCatching { blobs.call<ByteArray>("blob").size } } }
                val outcomes = calls.awaitAll()
                outcomes.mapNotNull { it.exceptionOrNull() }.filterNot { it is HyphaException } shouldBe emptyList()
            }
            proxy.heal()
            caller.awaitConnected(2)
            blobs.call<ByteArray>("blob").size shouldBe BLOB
            connect().getService(Workshop.ID).shouldWork()
            provider.generation shouldBe 1
        }

    private companion object {
        const val BYTES = 1 shl 20
        const val CALLS = 50
        const val BLOB = 200_000

        /** 60 MB, of which the hub keeps 16 and the sockets on the way a few. */
        const val BLOBS = 300
        const val STEADY = 1L shl 20

        /** The frames of all calls together have 50 MiB. */
        const val LARGEST = 20L shl 20
    }
}
