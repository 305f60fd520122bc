package io.hypha.rpc.conformance.faults

import io.kotest.matchers.shouldBe
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Wires on which everything arrives, but late or in pieces: nothing changes. */
class SlowWireTest {
    @ParameterizedTest
    @EnumSource(Engine::class)
    fun `data that arrives byte by byte changes nothing`(engine: Engine) = changesNothing(engine, Fault.Fragments(1), numbers = 10_000)

    @ParameterizedTest
    @EnumSource(Engine::class)
    fun `data that arrives late changes nothing`(engine: Engine) = changesNothing(engine, Fault.Delay(10.milliseconds), numbers = 30_000)

    @ParameterizedTest
    @EnumSource(Engine::class)
    fun `data that arrives slowly changes nothing`(engine: Engine) = changesNothing(engine, Fault.Bandwidth(500_000), numbers = 50_000)

    /** The handshake as well goes over the slow wire, which both the caller and the provider have. */
    private fun changesNothing(
        engine: Engine,
        fault: Fault,
        numbers: Int,
    ) = FaultStage.test {
        val proxy = proxy()
        proxy.inject(fault)
        val provider =
            connect(proxy) {
                this.engine = engine.factory
            }
        Workshop().open(provider)
        val caller =
            connect(proxy) {
                this.engine = engine.factory
            }
        caller.getService(Workshop.ID).shouldWork(numbers)
        listOf(caller, provider).map { it.generation } shouldBe listOf(1, 1)
    }
}
