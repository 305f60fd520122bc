package io.hypha.rpc.hostile

import io.hypha.rpc.call.param
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.frame
import io.hypha.rpc.testing.packed
import io.hypha.rpc.value.Figure
import io.hypha.rpc.wire.allocatedBy
import io.kotest.assertions.withClue
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** A value is what it is, not what it says that it is, and one that cannot be is refused to its caller. */
@OptIn(ExperimentalCoroutinesApi::class)
class HostileValuesTest {
    /** Calls `echo` with [argument] as it stands. */
    private suspend fun ScriptedPeer.echo(argument: ByteArray) {
        val payload = byteArrayOf(0x82.toByte()) + packed("promise") + packed("*") + packed("args") + byteArrayOf(0x91.toByte()) + argument
        sendBytes(frame(main("services.open.echo", "session" to "P1"), payload))
    }

    private fun hex(text: String) = text.hexToByteArray()

    @Test
    fun `counts and lengths that are lies are refused before anything of that size is made`() =
        withVictim { _, eve, _ ->
            for (lie in listOf(
                "dd80000000",
                "ddffffffff",
                "dd7fffffff",
                "df80000000",
                "dfffffffff",
                "dbffffffff",
                "c6ffffffff",
                "c9ffffffff01",
            )) {
                eve.echo(hex(lie))
                val allocated = allocatedBy { runCurrent() }
                withClue(lie) {
                    allocated shouldBeLessThan 5_000_000
                    eve.expectRejection() shouldStartWith "ValueError: "
                }
            }
        }

    @Test
    fun `a million levels of nesting are refused, in arguments, payloads and headers`() =
        withVictim { _, eve, _ ->
            val deep = ByteArray(1_000_000) { 0x91.toByte() } + packed(null)
            eve.echo(deep)
            eve.expectRejection() shouldContain "nested beyond the limit of 100"
            val payload = byteArrayOf(0x82.toByte()) + packed("promise") + deep + packed("args") + packed(listOf(1))
            eve.sendBytes(frame(eve.main("services.open.echo", "session" to "P1"), payload))
            eve.sendBytes(byteArrayOf(0x82.toByte()) + packed("x") + deep + packed("type") + packed("method"))
            runCurrent()
        }

    @Test
    fun `of keys that come twice the last counts, and keys that are no text are refused`() =
        withVictim { _, eve, _ ->
            eve.echo(byteArrayOf(0x82.toByte()) + packed("a") + packed(1) + packed("a") + packed(2))
            eve.expectResult() shouldBe mapOf("a" to 2L)
            for (key in listOf(packed(1), packed(null), packed(listOf(1)), packed(1.5), packed(true))) {
                eve.echo(byteArrayOf(0x81.toByte()) + key + packed(2))
                eve.expectRejection() shouldContain "Expected text"
            }
        }

    @Test
    fun `names of classes and unknown types are values like any other, and nothing is made of them`() =
        withVictim { _, eve, _ ->
            val names =
                listOf(
                    "java.lang.Runtime",
                    "java.net.URL",
                    "javax.script.ScriptEngineManager",
                    "io.hypha.rpc.value.Circle",
                    "kotlin.Unit",
                ) +
                    listOf("jvm:java.lang.ProcessBuilder", "class", "codec", "__proto__", "")
            for (name in names) {
                val value =
                    mapOf("_rtype" to name, "@type" to name, "class" to name, "_rvalue" to "http://127.0.0.1:9/", "_rnative" to name)
                eve.echo(packed(value))
                withClue(name) { eve.expectResult() shouldBe value }
            }
        }

    @Test
    fun `a subclass is one of those that the program knows, by its own name`() =
        withVictim { alice, eve, _ ->
            alice.provideService(
                service("figures") {
                    visibility = Visibility.Public
                    function(
                        "take",
                        io.hypha.rpc.call
                            .param("figure"),
                    ) { figure: Figure -> figure.toString() }
                },
            )
            for (name in listOf("java.lang.Runtime", "io.hypha.rpc.value.Circle", "Circle", "circle ", "../circle", "x".repeat(100_000))) {
                eve.call("services.figures.take", listOf(mapOf("type" to name, "radius" to 1.0)))
                val refusal = eve.expectRejection()
                withClue(name.take(100)) { refusal shouldStartWith "TypeError: " }
            }
            eve.call("services.figures.take", listOf(mapOf("type" to "circle", "radius" to 1.0)))
            eve.expectResult() shouldBe "Circle(radius=1.0)"
        }

    @Test
    fun `arrays whose shapes are lies are refused`() =
        withVictim { _, eve, _ ->
            val shapes =
                listOf(
                    listOf(-1),
                    listOf(Int.MAX_VALUE, Int.MAX_VALUE),
                    listOf(65536, 65536),
                    listOf(1L shl 40),
                    listOf("a"),
                    listOf(2, 0.5),
                ) +
                    listOf(List(1000) { 2 }, listOf(3))
            for (shape in shapes) {
                eve.echo(packed(mapOf("_rtype" to "ndarray", "_rvalue" to ByteArray(4), "_rshape" to shape, "_rdtype" to "uint8")))
                withClue(shape.toString().take(100)) { eve.expectRejection() shouldStartWith "TypeError: args[0]" }
            }
        }
}
