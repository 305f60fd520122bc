package io.hypha.rpc.jvm

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.yield
import java.util.Collections

class PullStreamTest :
    FunSpec({
        test("items come one by one, null included, and then there is none") {
            val stream = PullStream(flowOf("a", null, "b"))
            stream.next()?.value shouldBe "a"
            (stream.next() ?: error("no item")).value shouldBe null
            stream.next()?.value shouldBe "b"
            stream.next() shouldBe null
            stream.next() shouldBe null
        }

        test("nothing is collected before the first item is wanted, and none is asked for ahead") {
            val produced = Collections.synchronizedList(mutableListOf<Int>())
            val numbers =
                flow {
                    for (number in 0..9) {
                        produced += number
                        emit(number)
                    }
                }
            val stream = PullStream(numbers)
            yield()
            produced shouldContainExactly listOf()
            stream.next()?.value shouldBe 0
            produced shouldContainExactly listOf(0)
            stream.next()?.value shouldBe 1
            produced shouldContainExactly listOf(0, 1)
            stream.close()
        }

        test("closing it ends the flow, which runs its finally") {
            val isEnded = CompletableDeferred<Unit>()
            val endless =
                flow {
                    try {
                        while (true) emit(1)
                    } finally {
                        isEnded.complete(Unit)
                    }
                }
            val stream = PullStream(endless)
            stream.next()
            stream.close()
            isEnded.await()
            stream.next() shouldBe null
        }

        test("whoever waits for an item when the stream is closed gets none") {
            val isAsked = CompletableDeferred<Unit>()
            val silent =
                flow<Int> {
                    isAsked.complete(Unit)
                    awaitCancellation()
                }
            val stream = PullStream(silent)
            val item = async { stream.next() }
            isAsked.await()
            stream.close()
            item.await() shouldBe null
        }

        test("a stream that is closed before it begins has no items") {
            val stream = PullStream(flowOf(1))
            stream.close()
            stream.next() shouldBe null
        }

        test("a failure comes after the items before it, once") {
            val failing =
                flow {
                    emit(1)
                    throw IllegalStateException("out of items")
                }
            val stream = PullStream(failing)
            stream.next()?.value shouldBe 1
            shouldThrow<IllegalStateException> { stream.next() }.message shouldBe "out of items"
            stream.next() shouldBe null
        }
    })
