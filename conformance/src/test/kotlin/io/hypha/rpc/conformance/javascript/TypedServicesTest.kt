package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.conformance.provider.TypedProvider
import io.hypha.rpc.conformance.provider.TypedProviderInKotlin
import io.hypha.rpc.jvm.PassByKeyword
import io.hypha.rpc.jvm.implement
import io.hypha.rpc.jvm.proxy
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.TestInstance
import java.util.UUID
import kotlin.time.Duration.Companion.seconds

/** Services as Kotlin interfaces, with the real JavaScript client on the other side. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypedServicesTest {
    private val stage = Stage.set()

    init {
        runBlocking { stage.kotlin.registerService(TYPED) { implement<TypedProvider>(TypedProviderInKotlin()) } }
    }

    @AfterAll
    fun end() {
        stage.close()
    }

    private fun calling(test: suspend (JsProvider) -> Unit) {
        runBlocking {
            withTimeout(30.seconds) { test(stage.kotlin.getService(Stage.JAVASCRIPT).proxy()) }
            // Closing a stream does not hold up its reader, so the last session may end a moment later.
            eventually(5.seconds) { stage.kotlin.statistics.sessions shouldBe 0 }
        }
    }

    @Test
    fun `a JavaScript service is a Kotlin interface`() =
        calling { provider ->
            provider.version shouldBe "1.0"
            provider.add(2, 3) shouldBe 5
            provider.math.mul(1.5, 4.0) shouldBe 6.0
            shouldThrow<RemoteException> { provider.fail("no luck") }.remoteMessage shouldBe "no luck"
        }

    @Test
    fun `a JavaScript function gets keyword arguments`() =
        calling { provider ->
            provider.kwargs(listOf(1), 2.5) shouldBe mapOf("a" to listOf(1L), "b" to null, "scale" to 2.5, "label" to null)
        }

    @Test
    fun `a JavaScript generator is a flow`() =
        calling { provider ->
            provider.generator(4, null).toList() shouldBe listOf(0, 1, 2, 3)
            val label = UUID.randomUUID().toString()
            provider.generator(1_000, label).take(2).toList() shouldBe listOf(0, 1)
            eventually(5.seconds) { provider.streamEnd(label) shouldBe mapOf("how" to "closed", "produced" to 2L) }
        }

    @Test
    fun `JavaScript calls a lambda, and a lambda calls JavaScript`() =
        calling { provider ->
            val seen = ArrayList<Int>()
            provider.callCallback({ i -> (i * 2).also { seen += i } }, 3) shouldBe 12
            seen shouldBe listOf(1, 2, 3)
            provider.nested(7.0) { a, timesTen -> timesTen(a) } shouldBe 71.0
        }

    @Test
    fun `everything that a JavaScript service lacks is reported at once`() {
        runBlocking {
            val service = stage.kotlin.getService(Stage.JAVASCRIPT)
            val e = shouldThrow<MethodNotFoundException> { service.proxy<Missing>() }
            e.message shouldContain
                "it lacks the function 'subtract', the constant 'licence', the function 'math.div'. It has the functions "
        }
    }

    @TestFactory
    fun `JavaScript calls an implementation`(): List<DynamicTest> =
        listOf("calls", "keyword arguments", "callbacks", "callback after its call", "streams from the provider").map {
            DynamicTest.dynamicTest(it) { runBlocking { stage.peer.scenario(it, TYPED) } }
        }

    @Test
    fun `arguments that JavaScript leaves out get the defaults of the implementation`() {
        runBlocking {
            stage.peer
                .call(TYPED, "add", JsonPrimitive(1))
                .jsonPrimitive.double shouldBe 101.0
            stage.peer
                .call(TYPED, "add", JsonPrimitive(1), JsonNull)
                .jsonPrimitive.double shouldBe 101.0
            stage.peer
                .call(TYPED, "add", JsonPrimitive(1), JsonPrimitive(2))
                .jsonPrimitive.double shouldBe 3.0
            val byName =
                buildJsonObject {
                    put("service", TYPED)
                    put("path", "add")
                    putJsonArray("args") {}
                    putJsonObject("kwargs") { put("a", 5) }
                }
            stage.peer
                .command("call", byName)
                .jsonPrimitive.double shouldBe 105.0
        }
    }

    @Test
    fun `JavaScript is the caller whom the implementation sees`() {
        runBlocking {
            val whose =
                stage.peer
                    .call(TYPED, "whose")
                    .jsonPrimitive.content
            whose shouldBe "${stage.peer.workspace}/${stage.peer.clientId}"
        }
    }

    private companion object {
        const val TYPED = "typed-provider"
    }
}

private interface JsProvider {
    val version: String
    val math: JsMath

    suspend fun add(
        a: Int,
        b: Int,
    ): Int

    @PassByKeyword
    suspend fun kwargs(
        a: List<Int>,
        scale: Double,
    ): Map<String, Any?>

    fun generator(
        n: Int,
        label: String?,
    ): Flow<Int>

    suspend fun streamEnd(label: String): Map<String, Any?>?

    suspend fun callCallback(
        callback: suspend (Int) -> Int,
        n: Int,
    ): Int

    suspend fun nested(
        a: Double,
        callback: suspend (Double, suspend (Double) -> Double) -> Double,
    ): Double

    suspend fun fail(message: String)
}

private interface JsMath {
    suspend fun mul(
        a: Double,
        b: Double,
    ): Double
}

private interface Missing {
    val licence: String
    val math: MissingMath

    suspend fun add(
        a: Int,
        b: Int,
    ): Int

    suspend fun subtract(
        a: Int,
        b: Int,
    ): Int
}

private interface MissingMath {
    suspend fun div(
        a: Int,
        b: Int,
    ): Int
}
