package io.hypha.rpc.jvm

import io.hypha.rpc.call.CallContext
import io.hypha.rpc.call.CallScope
import io.hypha.rpc.wire.WireLimits
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import java.util.Collections
import java.util.concurrent.CountDownLatch

class BlockingCallbackTest :
    FunSpec({
        test("calls run one at a time, in the order of their arrival") {
            val mayGoOn = CountDownLatch(1)
            val log = Collections.synchronizedList(mutableListOf<String>())
            val callback =
                callbackOf { number ->
                    log += "begin $number"
                    mayGoOn.await()
                    log += "end $number"
                }
            val calls = List(3) { arrive(callback, it) }
            mayGoOn.countDown()
            calls.joinAll()
            log shouldContainExactly listOf("begin 0", "end 0", "begin 1", "end 1", "begin 2", "end 2")
        }

        test("while a call waits for one of its own, the next may run") {
            val isServed = CompletableDeferred<Unit>()
            val log = Collections.synchronizedList(mutableListOf<String>())
            val callback =
                callbackOf { number ->
                    log += "begin $number"
                    if (number == 0) Blocking.await(suspending { isServed.await() }) else isServed.complete(Unit)
                    log += "end $number"
                }
            listOf(arrive(callback, 0), arrive(callback, 1)).joinAll()
            log shouldContainExactly listOf("begin 0", "begin 1", "end 1", "end 0")
        }

        test("whoever waits for the calls that have arrived sees what they did") {
            val mayGoOn = CountDownLatch(1)
            var sum = 0
            val callback =
                callbackOf { number ->
                    mayGoOn.await()
                    sum += number
                }
            repeat(3) { arrive(callback, it) }
            mayGoOn.countDown()
            callback.function.awaitEarlier!!()
            sum shouldBe 3
        }

        test("a caller that gives up interrupts its call, and the next one runs") {
            val isRunning = CompletableDeferred<Unit>()
            val log = Collections.synchronizedList(mutableListOf<String>())
            val callback =
                callbackOf { number ->
                    log += "begin $number"
                    isRunning.complete(Unit)
                    if (number == 0) CountDownLatch(1).await()
                }
            val first = arrive(callback, 0)
            isRunning.await()
            first.cancelAndJoin()
            arrive(callback, 1).join()
            log shouldContainExactly listOf("begin 0", "begin 1")
        }

        test("a call that was interrupted while it waits for one of its own still ends in its turn") {
            val isWaiting = CompletableDeferred<Unit>()
            val callback =
                callbackOf { number ->
                    if (number == 0) {
                        Blocking.await<Unit>(
                            suspending {
                                isWaiting.complete(Unit)
                                CompletableDeferred<Unit>().await()
                            },
                        )
                    }
                }
            val first = arrive(callback, 0)
            isWaiting.await()
            first.cancelAndJoin()
            arrive(callback, 1).join()
            callback.function.awaitEarlier!!()
        }
    })

private fun callbackOf(action: (number: Int) -> Unit) = BlockingCallback(emptyList()) { _, arguments -> action(arguments[0] as Int) }

/** A call arrives: it begins before this returns, as callbacks of a session do. */
private fun CoroutineScope.arrive(
    callback: BlockingCallback,
    number: Int,
): Job = launch(start = CoroutineStart.UNDISPATCHED) { callback.function.handler(Scope, arrayOf(number)) }

private object Scope : CallScope {
    override val context = CallContext("ws/peer", "ws/me", "ws", null, "test", null, WireLimits.Default)
}
