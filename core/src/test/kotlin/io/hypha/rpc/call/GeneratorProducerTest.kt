package io.hypha.rpc.call

import io.hypha.rpc.ConnectionClosedException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test

class GeneratorProducerTest {
    private val caller =
        object : CallScope {
            override val context get() = error("nobody asks")
        }

    private suspend fun LocalFunction.call(): Any? = handler(caller, emptyArray())

    @Test
    fun `a request that the flow has taken when the stream is closed is told so`() =
        runTest {
            supervisorScope {
                val producer = GeneratorProducer(flow { repeat(5) { emit(it) } }, { it }, this@runTest.backgroundScope) { }
                producer.next.call() shouldBe 0
                // The flow waits for a request and gets it, and is cancelled before it runs on.
                val second = async(start = CoroutineStart.UNDISPATCHED) { producer.next.call() }
                producer.close.call() shouldBe true
                shouldThrow<ConnectionClosedException> { second.await() }
            }
        }

    @Test
    fun `a request to a stream that was closed does not take it for one that came to its end`() =
        runTest {
            val producer = GeneratorProducer(flow<Any?> { awaitCancellation() }, { it }, backgroundScope) { }
            producer.close.call() shouldBe true
            shouldThrow<ConnectionClosedException> { producer.next.call() }
        }

    @Test
    fun `every request behind the last item finds the end`() =
        runTest {
            val producer = GeneratorProducer(flowOf(1), { it }, backgroundScope) { }
            producer.next.call() shouldBe 1
            repeat(3) { producer.next.call() shouldBe GeneratorProducer.StopIteration }
        }
}
