package io.hypha.rpc.conformance.faults

import io.hypha.rpc.call.param
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.value.NDArray
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import org.junit.jupiter.api.Test
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.seconds

/** More long messages at once to one client than the hub keeps for it. */
class ManyLongMessagesTest {
    private val array = NDArray.of(ByteArray(BYTES))

    private fun withWarehouse(test: suspend (RemoteService) -> Unit) =
        FaultStage.test(limit = 30.seconds, configureHub = { maxQueuedBytes = KEPT }) {
            val provider = connect { timeout = 20.seconds }
            val ordered = AtomicInteger()
            val isComplete = CompletableDeferred<Unit>()
            provider.registerService("warehouse") {
                visibility = Visibility.Public
                function("fetch") {
                    // All replies leave at once.
                    if (ordered.incrementAndGet() == CALLS) isComplete.complete(Unit)
                    isComplete.await()
                    array
                }
                function("store", param("array")) { array: NDArray -> array.size }
            }
            val caller = connect { timeout = 20.seconds }
            test(caller.getService("warehouse"))
            listOf(provider, caller).map { it.generation } shouldBe listOf(1, 1)
            caller.statistics.sessions shouldBe 0
        }

    @Test
    fun `a hundred replies of a mebibyte at once to one caller all arrive`() =
        withWarehouse { warehouse ->
            coroutineScope { List(CALLS) { async { warehouse.call<NDArray>("fetch").size } }.awaitAll() } shouldBe List(CALLS) { BYTES }
        }

    @Test
    fun `a hundred calls at once with a mebibyte each all arrive`() =
        withWarehouse { warehouse ->
            coroutineScope { List(CALLS) { async { warehouse.call<Int>("store", array) } }.awaitAll() } shouldBe List(CALLS) { BYTES }
        }

    private companion object {
        const val CALLS = 100
        const val BYTES = 1 shl 20

        /** Four times what is under way to one client, and a small part of what all want to send. */
        const val KEPT = 16L shl 20
    }
}
