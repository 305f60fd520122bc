package io.hypha.rpc.conformance.leaks

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.EncodingException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.leaks.repetitions
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.interfaceObject
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Test
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.milliseconds

/** What is left in two clients and in the hub between them of what they did with each other. */
class HubTrafficLeaksTest {
    private val increment = callback { n: Int -> n + 1 }

    @Test
    fun `calls with callbacks leave nothing`() =
        TwoAtHub.test {
            val service = serve { function("apply", param("f"), param("n")) { f: RemoteFunction, n: Int -> f.call<Int>(n) } }
            HubEndurance(both).shouldLeaveNothing(repetitions(10_000)) { service.call<Int>("apply", increment, it) shouldBe it + 1 }
        }

    @Test
    fun `calls that are cancelled at any moment leave nothing`() =
        TwoAtHub.test {
            val service =
                serve {
                    function("run", param("f")) { f: RemoteFunction ->
                        val two = f.call<Int>(1)
                        flow { emit(two) }
                    }
                }
            HubEndurance(both).shouldLeaveNothing(repetitions(2000)) { number ->
                coroutineScope {
                    val call = launch { service.stream<Int>("run", increment).collect() }
                    // Passes the time of none to some messages.
                    repeat(number % MOMENTS / 3) { bob.echo(number) }
                    repeat(number % MOMENTS) { yield() }
                    call.cancelAndJoin()
                }
            }
        }

    @Test
    fun `calls that fail in one way or another leave nothing`() =
        TwoAtHub.test {
            val service =
                serve {
                    function<RemoteFunction, Unit>("wait", param("f")) { _ -> awaitCancellation() }
                    function<RemoteFunction, Int>("fail", param("f")) { _ -> error("no") }
                    function("unfit") { listOf(increment, flow { emit(1) }) }
                }
            val wait = service["wait"].withTimeout(1.milliseconds)
            HubEndurance(both).shouldLeaveNothing(repetitions(2000)) { number ->
                when (number % 4) {
                    0 -> {
                        shouldThrow<CallTimeoutException> { wait.call<Unit>(increment) }
                    }

                    1 -> {
                        shouldThrow<RemoteException> { service.call<Int>("fail", increment) }
                    }

                    2 -> {
                        shouldThrow<EncodingException> { service.call<List<Int>>("unfit") }
                    }

                    else -> {
                        shouldThrow<EncodingException> {
                            service.call<Int>(
                                "fail",
                                increment,
                                interfaceObject { function("f") { 1 } },
                                Any(),
                            )
                        }
                    }
                }
            }
        }

    @Test
    fun `streams that are left after one item leave nothing, and their finally has run`() =
        TwoAtHub.test {
            val running = AtomicInteger()
            val service =
                serve {
                    function("numbers") {
                        flow {
                            running.incrementAndGet()
                            try {
                                var next = 0
                                while (true) emit(next++)
                            } finally {
                                running.decrementAndGet()
                            }
                        }
                    }
                }
            HubEndurance(both).shouldLeaveNothing(repetitions(2000)) { service.stream<Int>("numbers").first() shouldBe 0 }
            running.get() shouldBe 0
        }

    @Test
    fun `long messages that arrive, and those that are given up on their way, leave nothing`() =
        TwoAtHub.test {
            val large = Bytes(ByteArray(600_000))
            val service = serve { function("echo", param("bytes")) { bytes: Bytes -> bytes } }
            HubEndurance(both, atOnce = 4, warmUp = 50).shouldLeaveNothing(repetitions(200)) { number ->
                coroutineScope {
                    val call = launch { service.call<Bytes>("echo", large).size shouldBe large.size }
                    if (number % 2 == 0) repeat(number % MOMENTS) { yield() } else call.join()
                    call.cancelAndJoin()
                }
            }
        }

    @Test
    fun `listeners and subscriptions that come and go leave nothing`() =
        TwoAtHub.test {
            HubEndurance(both).shouldLeaveNothing(repetitions(1000)) { number ->
                coroutineScope {
                    val listener = alice.on("news-$number") { }
                    val collector = launch { alice.events("news-$number", subscribed = true).collect() }
                    bob.emit("news-$number", number, to = "*")
                    alice.echo(number)
                    collector.cancelAndJoin()
                    listener.dispose()
                }
            }
        }

    @Test
    fun `interface objects that are passed, called and disposed of leave nothing`() =
        TwoAtHub.test {
            val service = serve { function("use", param("it")) { it: RemoteService -> it.call<Int>("f").also { _ -> it.dispose() } } }
            HubEndurance(both).shouldLeaveNothing(repetitions(1000)) { number ->
                service.call<Int>("use", interfaceObject { function("f") { number } }) shouldBe number
            }
        }

    private companion object {
        const val MOMENTS = 12
    }
}
