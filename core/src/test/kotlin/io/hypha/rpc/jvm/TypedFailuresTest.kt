package io.hypha.rpc.jvm

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.EncodingException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.connectOver
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.transport.LinkedPair
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Test
import java.io.IOException
import kotlin.time.Duration.Companion.seconds

/** How calls of typed services end when they do not succeed. */
class TypedFailuresTest {
    @Test
    fun `what an implementation throws arrives as from any handler`() =
        withTwoClients { alice, bob ->
            val failing = typed<Failing>(alice, bob, Fails())
            for (call in listOf<suspend () -> Unit>({ failing.atOnce() }, { failing.later() }, { failing.items().toList() })) {
                val e = shouldThrow<RemoteException> { call() }
                e.remoteType shouldBe "IOException"
                e.remoteMessage shouldBe "no disk"
            }
            shouldThrow<RemoteException> { failing.withDefault() }.remoteMessage shouldBe "no disk"
            val e = shouldThrow<RemoteException> { alice.serviceOf("bob").call<Unit>("withDefault") }
            e.remoteType shouldBe "IOException"
        }

    @Test
    fun `a caller that gives up cancels the implementation`() =
        withTwoClients { alice, bob ->
            val fails = Fails()
            val failing = typed<Failing>(alice, bob, fails)
            val call = launch { failing.forever() }
            fails.isRunning.await()
            call.cancelAndJoin()
            fails.isCancelled.await()
        }

    @Test
    @OptIn(ExperimentalCoroutinesApi::class)
    fun `the timeout of the service is that of its proxy`() =
        runTest {
            val pair = LinkedPair(infoOf("alice"), infoOf("bob"))
            val alice = connectOver(pair.left)
            val silent = ScriptedPeer(pair.right, "ws/bob")
            val fetching = async { alice.serviceOf("bob") }
            silent.resolve(silent.expect(), mapOf("id" to "svc", "wait" to silent.method("services.svc.wait")))
            val waiting = fetching.await().withTimeout(3.seconds).proxy<Waiting>()
            val start = testScheduler.currentTime
            shouldThrow<CallTimeoutException> { waiting.wait() }
            testScheduler.currentTime - start shouldBe 3_000
            alice.close()
            alice.awaitClosed()
        }

    @Test
    fun `arguments of the wrong type are refused with their place`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Calculator>(PlainCalculator()) }
            shouldThrow<RemoteException> { alice.serviceOf("bob").call<Int>("add", "one") }.remoteMessage shouldContain "args[0]"
        }

    @Test
    fun `a result of the wrong type is refused at the caller`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("add") { "text" }
                function("count") { 1 }
            }
            val calculator = alice.serviceOf("bob").proxy<Strange>()
            shouldThrow<EncodingException> { calculator.add() }.path shouldBe "result"
            shouldThrow<EncodingException> { calculator.count().toList() }.path shouldBe "result"
        }

    @Test
    fun `arguments that cannot be sent are refused before anything is`() =
        withTwoClients { alice, bob ->
            bob.provide { function("use") { 1 } }
            val e = shouldThrow<EncodingException> { alice.serviceOf("bob").proxy<Unsendable>().use(Thread()) }
            e.path shouldBe "args[0]"
            e.message shouldContain "java.lang.Thread cannot be sent"
        }
}

private interface Failing {
    suspend fun atOnce()

    suspend fun later()

    suspend fun withDefault(n: Int = 1)

    fun items(): Flow<Int>

    suspend fun forever()
}

private class Fails : Failing {
    val isRunning = CompletableDeferred<Unit>()
    val isCancelled = CompletableDeferred<Unit>()

    override suspend fun atOnce(): Unit = throw IOException("no disk")

    override suspend fun later() {
        yield()
        throw IOException("no disk")
    }

    override suspend fun withDefault(n: Int): Unit = throw IOException("no disk")

    override fun items(): Flow<Int> =
        flow {
            emit(1)
            throw IOException("no disk")
        }

    override suspend fun forever() {
        isRunning.complete(Unit)
        try {
            awaitCancellation()
        } finally {
            isCancelled.complete(Unit)
        }
    }
}

private interface Waiting {
    suspend fun wait(): Int
}

private interface Strange {
    suspend fun add(): Int

    fun count(): Flow<Int>
}

private interface Unsendable {
    suspend fun use(thread: Thread): Int
}
