package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.callback0
import io.hypha.rpc.conformance.provider.Point
import io.hypha.rpc.conformance.provider.patternBytes
import io.hypha.rpc.conformance.provider.patternFloats
import io.hypha.rpc.conformance.provider.sha256
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import java.util.UUID
import kotlin.time.Duration.Companion.seconds

/** A Kotlin client calls the service of the real JavaScript client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KotlinCallsJavaScriptTest {
    private val stage = Stage.set()
    private val service: RemoteService = runBlocking { stage.kotlin.getService(Stage.JAVASCRIPT) }

    @AfterAll
    fun end() {
        stage.close()
    }

    private fun calling(test: suspend () -> Unit) {
        runBlocking {
            withTimeout(30.seconds) { test() }
            // Closing a stream does not hold up its reader, so the last session may end a moment later.
            eventually(5.seconds) { stage.kotlin.statistics.sessions shouldBe 0 }
        }
    }

    @Test
    fun `calls, nested functions and constants`() =
        calling {
            service.call<Int>("add", 2, 3) shouldBe 5
            service.call<Double>("math.mul", 1.5, 4) shouldBe 6.0
            service.value("version") shouldBe "1.0"
            service["add"].schema?.get("description") shouldBe "Adds two numbers."
            coroutineScope { (1..100).map { async { service.call<Int>("add", it, 1) } }.awaitAll() } shouldBe (2..101).toList()
        }

    @Test
    fun `keyword arguments reach the parameters of their names`() =
        calling {
            val answer = service.call<Map<String, Any?>>("kwargs", kwargs = mapOf("scale" to 2.5, "a" to listOf(1)))
            answer shouldBe mapOf("a" to listOf(1L), "b" to null, "scale" to 2.5, "label" to null)
        }

    @Test
    fun `a JavaScript provider drops positional arguments beside keywords`() =
        calling {
            val answer = service.call<Map<String, Any?>>("kwargs", 1, kwargs = mapOf("label" to "y"))
            answer shouldBe mapOf("a" to null, "b" to null, "scale" to null, "label" to "y")
        }

    @Test
    fun `callbacks are called in turn and at once, their results used`() =
        calling {
            val seen = ArrayList<Int>()
            val sum =
                service.call<Int>(
                    "callCallback",
                    callback { i: Int ->
                        seen += i
                        i * 2
                    },
                    10,
                )
            sum shouldBe 110
            seen shouldContainExactly (1..10).toList()
            service.call<Int>("callCallbackAtOnce", callback { i: Int -> i }, 50) shouldBe 1275
            service.call<Int>("callInside", mapOf("list" to listOf(callback { x: Int -> x + 1 }), "factor" to 4)) shouldBe 5
        }

    @Test
    fun `an exception in a callback reaches the provider with its type`() =
        calling {
            val text = service.call<String>("callbackThrows", callback0 { check(false) { "no such spore" } })
            text shouldContain "IllegalStateException: no such spore"
        }

    @Test
    fun `a callback gets a function of the provider and calls it`() =
        calling {
            service.call<Int>("nested", 7, callback { a: Int, timesTen: RemoteFunction -> timesTen.call<Int>(a) }) shouldBe 71
        }

    @Test
    fun `a callback cannot be called after its call`() =
        calling {
            service.call<Unit>("keepCallback", callback { x: Any? -> x })
            val outcome = service.call<Map<String, Any?>>("callKept", 1)
            outcome["error"].toString() shouldContain "Session not found"
        }

    @Test
    fun `returned functions stay callable after the call`() =
        calling {
            service.call<RemoteFunction>("returnsFunction", 3).call<Int>(5) shouldBe 15
            val returned = service.call<Map<String, Any?>>("returnsFunctions", 10)
            (returned["increment"] as RemoteFunction).call<Int>(5) shouldBe 15
            (returned["increment"] as RemoteFunction).call<Int>(1) shouldBe 16
            ((returned["greetings"] as Map<*, *>)["hello"] as RemoteFunction).call<String>("Ada") shouldBe "hello Ada"
        }

    @Test
    fun `a stream is read to its end, and closed when the reader has enough`() =
        calling {
            val whole = UUID.randomUUID().toString()
            service.stream<Int>("generator", 5, whole).toList() shouldBe listOf(0, 1, 2, 3, 4)
            service.call<Map<String, Any?>>("streamEnd", whole) shouldBe mapOf("how" to "completed", "produced" to 5L)
            val part = UUID.randomUUID().toString()
            service.stream<Int>("generator", 1000, part).take(3).toList() shouldBe listOf(0, 1, 2)
            awaitEnd(part) shouldBe mapOf("how" to "closed", "produced" to 3L)
        }

    /** Closing does not hold up the reader, so the provider may hear of it a little later than of the next call. */
    private suspend fun awaitEnd(label: String): Map<String, Any?> {
        while (true) service.call<Map<String, Any?>?>("streamEnd", label)?.let { return it }
    }

    @Test
    fun `an error in a stream comes after the items before it`() =
        calling {
            val items = ArrayList<Int>()
            val failure = shouldThrow<RemoteException> { service.stream<Int>("generatorThrows", 2, "it broke", null).collect(items::add) }
            failure.message shouldBe "Error: it broke"
            items shouldBe listOf(0, 1)
        }

    @Test
    fun `a flow is an argument that JavaScript iterates`() =
        calling {
            val whole = service.call<Map<String, Any?>>("consume", flow { repeat(4) { emit(it) } }, null)
            whole shouldBe mapOf("items" to listOf(0L, 1L, 2L, 3L), "error" to null)
            var hasEnded = false
            val endless =
                flow {
                    try {
                        var i = 0
                        while (true) emit(i++)
                    } finally {
                        hasEnded = true
                    }
                }
            service.call<Map<String, Any?>>("consume", endless, 2)["items"] shouldBe listOf(0L, 1L)
            hasEnded shouldBe true
        }

    @Test
    fun `errors keep the remote type and message, once`() =
        calling {
            val failure = shouldThrow<RemoteException> { service.call<Unit>("failNamed", "no light") }
            failure.remoteType shouldBe "SporeError"
            failure.remoteMessage shouldBe "no light"
            failure.remoteTrace shouldContain "errors.mjs"
            shouldThrow<RemoteException> { service.call<Unit>("failText", "bare") }.message shouldBe "bare"
            shouldThrow<RemoteException> { service.call<Unit>("failType") }.remoteType shouldBe "TypeError"
        }

    @Test
    fun `a function that does not exist is not found, here or there`() =
        calling {
            shouldThrow<MethodNotFoundException> { service.call<Unit>("nowhere") }.message shouldStartWith
                "service ${service.id} has no function"
        }

    @Test
    fun `a result that JavaScript cannot send is never answered, and the timeout names the call`() =
        calling {
            val failure = shouldThrow<CallTimeoutException> { service.withTimeout(1.seconds).call<Any?>("returnsUnsendable") }
            failure.message shouldContain "services.js-provider.returnsUnsendable"
        }

    @Test
    fun `a call may take longer than the timeout while JavaScript sends heartbeats`() =
        calling { service.withTimeout(1.seconds).call<Int>("slow", 2500) shouldBe 2500 }

    @Test
    fun `long messages arrive whole in both directions`() =
        calling {
            val data = patternBytes(5_500_000)
            service.call<Map<String, Any?>>("checksum", data)["sha256"] shouldBe sha256(data)
            val answer = service.call<Map<String, Any?>>("big", 5_500_000)
            sha256(answer["data"] as Bytes) shouldBe answer["sha256"]
            val floats = patternFloats(1_000_000)
            service.call<DoubleArray>("echo", floats).contentEquals(floats) shouldBe true
        }

    @Test
    fun `JavaScript learns who calls, as the hub vouches for it`() =
        calling {
            val context = service.call<Map<String, Any?>>("context", 1, 2)["context"] as Map<*, *>
            context["from"] shouldBe "${stage.kotlin.workspace}/${stage.kotlin.clientId}"
            (context["user"] as Map<*, *>)["id"] shouldBe "tester"
        }

    @Test
    fun `streams of bytes are read in both directions`() =
        calling {
            service.call<ByteArray>("readStream", patternBytes(200_000).inputStream()).contentEquals(patternBytes(200_000)) shouldBe true
            val source = service.call<ByteSource>("openStream", patternBytes(1000))
            source.read(10).toByteArray().contentEquals(patternBytes(10)) shouldBe true
            source.size shouldBe 1000L
        }

    @Test
    fun `a codec carries a class there and back`() =
        calling {
            val mirrored = service["mirror"](Point(1.0, 2.0)) as Point
            listOf(mirrored.x, mirrored.y) shouldBe listOf(2.0, 1.0)
        }

    @Test
    fun `calls to a client that leaves fail at once`(): Unit =
        runBlocking {
            val leaver = JsPeer.start(stage.url, "--workspace", stage.kotlin.workspace, "--token", stage.token, "--client-id", "leaver")
            val slow = stage.kotlin.getService("leaver:js-provider")
            val call = async { runCatching { slow.call<Int>("slow", 60_000) } }
            slow.call<Int>("add", 1, 1) shouldBe 2
            leaver.close()
            shouldThrow<PeerGoneException> { withTimeout(2.seconds) { call.await() }.getOrThrow() }
        }
}
