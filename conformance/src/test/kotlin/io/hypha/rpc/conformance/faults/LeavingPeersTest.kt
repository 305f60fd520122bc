package io.hypha.rpc.conformance.faults

import io.hypha.rpc.HyphaException
import io.hypha.rpc.PeerGoneException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.maps.shouldBeEmpty
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/** Providers that go, and callers that do (protocol §10.4). */
class LeavingPeersTest {
    @ParameterizedTest
    @ValueSource(strings = ["cut", "reset", "closed"])
    fun `when a provider has gone, the calls to it fail within two seconds, and later ones at once`(how: String) =
        FaultStage.test {
            val workshop = Workshop()
            val proxy = proxy()
            val provider = connect(proxy)
            workshop.open(provider)
            val caller = connect { timeout = 1.minutes }
            val service = caller.getService(Workshop.ID)
            coroutineScope {
                val calls = List(3) { async { runCatching { service.call<String>("wait", "$it") } } }
                val stream = async { runCatching { service.stream<Int>("count", Int.MAX_VALUE).collect { } } }
                workshop.isWaitedFor.await()
                val start = TimeSource.Monotonic.markNow()
                proxy.inject(Fault.Refuse)
                when (how) {
                    "cut" -> proxy.inject(Fault.Cut)
                    "reset" -> proxy.inject(Fault.Reset)
                    "closed" -> provider.close()
                }
                for (call in calls + stream) (call.await().exceptionOrNull() is HyphaException) shouldBe true
                start.elapsedNow() shouldBeLessThan Soon
            }
            val start = TimeSource.Monotonic.markNow()
            shouldThrow<PeerGoneException> { service.call<String>("work", "later") }.didNotRun shouldBe true
            start.elapsedNow() shouldBeLessThan Soon
            workshop.repeated.shouldBeEmpty()
            caller.statistics.sessions shouldBe 0
        }

    @Test
    fun `a handle to a provider that went and came back is good again`() =
        FaultStage.test {
            val workshop = Workshop()
            val proxy = proxy()
            val provider = connect(proxy)
            workshop.open(provider)
            val service = connect().getService(Workshop.ID)
            proxy.inject(Fault.Refuse)
            proxy.inject(Fault.Cut)
            provider.awaitLost()
            shouldThrow<HyphaException> { service.call<String>("work", "away") }
            proxy.heal()
            provider.awaitConnected(2)
            service.shouldWork()
            workshop.repeated.shouldBeEmpty()
        }

    @Test
    fun `what a provider keeps for a caller ends when the caller has gone`() =
        FaultStage.test {
            val workshop = Workshop()
            val provider = connect { callerGrace = Duration.ZERO }
            workshop.open(provider)
            val proxy = proxy()
            val caller = connect(proxy)
            val service = caller.getService(Workshop.ID)
            coroutineScope {
                val calls = List(3) { async { runCatching { service.call<String>("wait", "$it") } } }
                workshop.isWaitedFor.await()
                proxy.inject(Fault.Refuse)
                proxy.inject(Fault.Cut)
                caller.awaitLost()
                while (provider.statistics.incomingCalls > 0) connect().close()
                caller.close()
                calls.forEach { (it.await().exceptionOrNull() is HyphaException) shouldBe true }
            }
            provider.statistics.sessions shouldBe 0
        }

    private companion object {
        val Soon = 2.seconds
    }
}
