package io.hypha.rpc.micrometer

import io.hypha.rpc.metrics.CallOutcome
import io.hypha.rpc.metrics.HyphaMetrics
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.micrometer.core.instrument.Tags
import io.micrometer.core.instrument.simple.SimpleMeterRegistry
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

class MicrometerMetricsTest :
    FunSpec({
        val registry = SimpleMeterRegistry()
        val metrics = MicrometerMetrics(registry)

        test("calls are timed by direction, outcome and error") {
            repeat(2) { metrics.onCallEnded(Calls.ADD, CallOutcome.Success, null, 3_000_000) }
            metrics.onCallEnded(Calls.SUBTRACT, CallOutcome.Success, null, 4_000_000)
            metrics.onCallEnded(Calls.ADD, CallOutcome.Error, "PeerGoneException", 1)
            metrics.onIncomingCallEnded(Calls.ADD, CallOutcome.Cancelled, null, 1)
            val outgoing = registry.get("hypha.calls").tags("direction", "outgoing", "outcome", "success", "error", "none").timer()
            outgoing.count() shouldBe 3
            outgoing.totalTime(TimeUnit.MILLISECONDS) shouldBe 10.0
            val kinds =
                registry
                    .find(
                        "hypha.calls",
                    ).timers()
                    .map { "${it.id.getTag("direction")} ${it.id.getTag("outcome")} ${it.id.getTag("error")}" }
            kinds.shouldContainExactlyInAnyOrder("outgoing success none", "outgoing error PeerGoneException", "incoming cancelled none")
        }

        test("the calls that run are counted in both directions") {
            fun active(direction: String) =
                registry
                    .get("hypha.calls.active")
                    .tag("direction", direction)
                    .gauge()
                    .value()
            val before = active("outgoing")
            repeat(3) { metrics.onCallStarted(Calls.ADD) }
            metrics.onCallEnded(Calls.ADD, CallOutcome.Success, null, 1)
            active("outgoing") shouldBe before + 2
        }

        test("refusals are counted by their error") {
            repeat(2) { metrics.onIncomingCallRefused("OverloadedException") }
            registry
                .get("hypha.calls.refused")
                .tag("error", "OverloadedException")
                .counter()
                .count() shouldBe 2.0
        }

        test("frames and bytes are counted in both directions") {
            metrics.onFrameSent(100)
            metrics.onFrameSent(50)
            metrics.onFrameReceived(7)
            registry
                .get("hypha.frames")
                .tag("direction", "sent")
                .counter()
                .count() shouldBe 2.0
            registry
                .get("hypha.bytes")
                .tag("direction", "sent")
                .counter()
                .count() shouldBe 150.0
            registry
                .get("hypha.frames")
                .tag("direction", "received")
                .counter()
                .count() shouldBe 1.0
            registry
                .get("hypha.bytes")
                .tag("direction", "received")
                .counter()
                .count() shouldBe 7.0
        }

        test("messages that wait are counted while they do, and timed") {
            repeat(2) { metrics.onSendWaiting() }
            metrics.onSendWaited(5_000_000)
            metrics.onPaced(4_000_000)
            registry.get("hypha.sends.waiting").gauge().value() shouldBe 1.0
            registry.get("hypha.sends.wait").timer().totalTime(TimeUnit.MILLISECONDS) shouldBe 5.0
            registry.get("hypha.sends.paced").timer().totalTime(TimeUnit.MILLISECONDS) shouldBe 4.0
        }

        test("connections that several clients share add up") {
            metrics.onConnected(1)
            metrics.onConnected(1)
            metrics.onDisconnected()
            repeat(3) { metrics.onReconnecting(it + 1) }
            registry.get("hypha.connections").gauge().value() shouldBe 1.0
            metrics.onConnected(2)
            registry.get("hypha.connections").gauge().value() shouldBe 2.0
            registry.get("hypha.reconnects").counter().count() shouldBe 1.0
            registry.get("hypha.reconnect.attempts").counter().count() shouldBe 3.0
        }

        test("functions become tags only when they are asked for, and all meters have the tags that were given") {
            registry
                .find("hypha.calls")
                .tagKeys("function")
                .timers()
                .shouldBeEmpty()
            val other = SimpleMeterRegistry()
            val named: HyphaMetrics = MicrometerMetrics(other, Tags.of("server", "lab"), byFunction = true)
            named.onCallEnded(Calls.ADD, CallOutcome.Success, null, 1)
            named.onCallEnded(Calls.SUBTRACT, CallOutcome.Success, null, 1)
            other
                .get("hypha.calls")
                .tags("service", "calculator", "function", "add")
                .timer()
                .count() shouldBe 1
            other.meters.filterNot { it.id.getTag("server") == "lab" }.shouldBeEmpty()
        }

        test("two objects with tags of their own have gauges of their own in one registry") {
            val shared = SimpleMeterRegistry()
            val (one, two) = listOf("a", "b").map { MicrometerMetrics(shared, Tags.of("server", it)) }
            one.onConnected(1)
            two.onConnected(1)
            two.onDisconnected()
            shared
                .get("hypha.connections")
                .tag("server", "a")
                .gauge()
                .value() shouldBe 1.0
            shared
                .get("hypha.connections")
                .tag("server", "b")
                .gauge()
                .value() shouldBe 0.0
        }

        test("nothing is lost when many threads count at once") {
            val many = SimpleMeterRegistry()
            val counting = MicrometerMetrics(many)
            val threads =
                List(4) {
                    thread {
                        repeat(10_000) {
                            counting.onCallStarted(Calls.ADD)
                            counting.onFrameSent(1)
                            counting.onCallEnded(Calls.ADD, CallOutcome.Success, null, 1)
                        }
                    }
                }
            threads.forEach(Thread::join)
            many.get("hypha.calls").timer().count() shouldBe 40_000
            many
                .get("hypha.bytes")
                .tag("direction", "sent")
                .counter()
                .count() shouldBe 40_000.0
            many
                .get("hypha.calls.active")
                .tag("direction", "outgoing")
                .gauge()
                .value() shouldBe 0.0
        }
    })
