package io.hypha.rpc.conformance.faults

import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.InterfaceObject
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.interfaceObject
import io.hypha.rpc.value.NDArray
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.withContext
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger

/**
 * A service with one function of every kind, which counts how often each piece of work was done.
 *
 * @param record counts numbered pieces of work.
 */
internal class Workshop(
    private val record: WorkRecord = WorkRecord(),
) {
    private val runs = ConcurrentHashMap<String, AtomicInteger>()
    private val gate = CompletableDeferred<Unit>()

    /** Done when the first call of `wait` runs. */
    val isWaitedFor = CompletableDeferred<Unit>()

    /** The pieces of work that were done more than once. */
    val repeated: Map<String, Int> get() = runs.mapValues { it.value.get() }.filterValues { it > 1 }

    fun runsOf(id: String): Int = runs[id]?.get() ?: 0

    /** Lets the calls of `wait` return. */
    fun release() {
        gate.complete(Unit)
    }

    suspend fun open(
        provider: HyphaConnection,
        id: String = ID,
    ) {
        provider.registerService(id) {
            visibility = Visibility.Public
            function("add", param("a"), param("b")) { a: Long, b: Long -> a + b }
            function("work", param("id")) { id: String -> done(id) }
            function("numbered", param("number")) { number: Int -> number.also(record::done) }
            function("wait", param("id")) { id: String ->
                isWaitedFor.complete(Unit)
                gate.await()
                done(id)
            }
            function("insist", param("id")) { id: String ->
                // Goes on when its caller has gone.
                withContext(NonCancellable) {
                    isWaitedFor.complete(Unit)
                    gate.await()
                    done(id)
                }
            }
            function("sleep", param("millis")) { millis: Long -> delay(millis) }
            function("apply", param("f"), param("n")) { f: RemoteFunction, n: Int -> (1..n).sumOf { f.call<Long>(it) } }
            function("count", param("n")) { n: Int -> flow { repeat(n) { emit(it) } } }
            function("mirror", param("array")) { array: NDArray -> array }
            function("counter") { counter() }
        }
    }

    private fun done(id: String): String {
        runs.computeIfAbsent(id) { AtomicInteger() }.incrementAndGet()
        return id
    }

    private fun counter(): InterfaceObject {
        val count = AtomicInteger()
        return interfaceObject { function("next") { count.incrementAndGet() } }
    }

    companion object {
        const val ID = "workshop"
    }
}

/** Uses everything that a [Workshop] offers. */
internal suspend fun RemoteService.shouldWork(numbers: Int = 10_000) {
    call<Long>("add", 40, 2) shouldBe 42
    call<String>("work", "shouldWork-${System.nanoTime()}")
    call<Long>("apply", callback { x: Long -> x * x }, 3) shouldBe 14
    stream<Int>("count", 5).toList() shouldBe (0 until 5).toList()
    val array = NDArray.of(IntArray(numbers) { it * it })
    call<NDArray>("mirror", array) shouldBe array
    val counter = call<RemoteService>("counter")
    counter.call<Int>("next") shouldBe 1
    counter.call<Int>("next") shouldBe 2
    counter.dispose()
}
