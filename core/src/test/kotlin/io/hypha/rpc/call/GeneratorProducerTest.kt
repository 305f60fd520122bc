package io.hypha.rpc.call

import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test

class GeneratorProducerTest {
    private object Nobody : CallScope {
        override val context: CallContext get() = error("nobody asks")
    }

    private suspend fun LocalFunction.call(): Any? = handler(Nobody, emptyArray())

    @Test
    fun `a request that meets the closing of the stream is answered`() =
        runTest {
            var next = 0
            val producer = GeneratorProducer(flow { while (true) emit(next++) }, { it }, backgroundScope) { }
            producer.next.call() shouldBe 0
            // The flow is about to take this one, and is cancelled before it has it.
            val asked = async(start = CoroutineStart.UNDISPATCHED) { producer.next.call() }
            producer.close.call()
            asked.await() shouldBe GeneratorProducer.StopIteration
            producer.next.call() shouldBe GeneratorProducer.StopIteration
        }
}
