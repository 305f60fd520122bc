package io.hypha.rpc.conformance.faults

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.callback
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.value.NDArray
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds

/**
 * Random calls of one client to the workshops of others, one after the other.
 *
 * @param targets the ids of these services.
 */
internal class Traffic(
    private val client: HyphaConnection,
    private val targets: List<String>,
    private val ledger: Ledger,
    private val random: Random,
) {
    private val handles = HashMap<String, RemoteService>()

    /** One call. A call that fails at once, since nobody is there, is not made again without a rest. */
    suspend fun step() {
        if (call() != null) delay(10.milliseconds)
    }

    private suspend fun call(): Throwable? {
        val target = targets.random(random)
        val service = handles[target]
        if (service == null || random.nextInt(LOOK_UP) == 0) return lookUp(target)
        return when (random.nextInt(KINDS)) {
            in 0 until 40 -> work(service)
            in 40 until 55 -> ledger.enter("callback") { callbacks(service) }
            in 55 until 70 -> ledger.enter("stream") { stream(service) }
            in 70 until 75 -> ledger.enter("stream left") { streamLeft(service) }
            in 75 until 85 -> ledger.enter("object") { interfaceObject(service) }
            in 85 until 90 -> ledger.enter("manager") { manager() }
            in 90 until 97 -> ledger.enter("given up") { givenUp(service) }
            else -> ledger.enter("4 MiB array") { array(service) }
        }
    }

    private suspend fun lookUp(target: String) = ledger.enter("look-up") { handles[target] = client.getService(target) }

    /** What must not run twice. */
    private suspend fun work(service: RemoteService): Throwable? {
        val number = ledger.work.begin()
        val failure = ledger.enter("work") { service.call<Int>("numbered", number) shouldBe number }
        val certainty =
            when {
                failure == null -> WorkRecord.Certainty.Ran
                failure is HyphaException && failure.didNotRun -> WorkRecord.Certainty.DidNotRun
                else -> WorkRecord.Certainty.None
            }
        ledger.work.end(number, certainty)
        return failure
    }

    private suspend fun callbacks(service: RemoteService) {
        val count = random.nextInt(1, 10)
        var seen = 0
        service.call<Long>("apply", callback { x: Long -> x.also { seen++ } }, count) shouldBe count * (count + 1L) / 2
        seen shouldBe count
    }

    private suspend fun stream(service: RemoteService) {
        val count = random.nextInt(200)
        var next = 0
        service.stream<Int>("count", count).collect { it shouldBe next++ }
        next shouldBe count
    }

    private suspend fun streamLeft(service: RemoteService) {
        service.stream<Int>("count", Int.MAX_VALUE).take(5).toList() shouldBe listOf(0, 1, 2, 3, 4)
    }

    private suspend fun interfaceObject(service: RemoteService) {
        val counter = service.call<RemoteService>("counter")
        for (expected in 1..3) counter.call<Int>("next") shouldBe expected
        counter.dispose()
    }

    private suspend fun manager() {
        val value = random.nextLong()
        client.echo(value) shouldBe value
    }

    /** A call whose caller does not want the result any more. */
    private suspend fun givenUp(service: RemoteService) {
        withTimeoutOrNull(random.nextInt(50).milliseconds) { service.call<Any?>("sleep", 1000) }
    }

    private suspend fun array(service: RemoteService) {
        val first = random.nextInt()
        val array = NDArray.of(IntArray(MIB) { first + it })
        service.call<NDArray>("mirror", array) shouldBe array
    }

    private companion object {
        const val KINDS = 98
        const val LOOK_UP = 50
        const val MIB = 1 shl 20
    }
}
