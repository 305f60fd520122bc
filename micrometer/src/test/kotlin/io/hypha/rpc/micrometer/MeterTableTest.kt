package io.hypha.rpc.micrometer

import io.hypha.rpc.metrics.CallOutcome
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.micrometer.core.instrument.simple.SimpleMeterRegistry
import java.io.File

class MeterTableTest :
    FunSpec({
        test("docs/metrics.md lists the meters, with their kinds, tags and descriptions") {
            val registry = SimpleMeterRegistry()
            val metrics = MicrometerMetrics(registry, byFunction = true)
            metrics.onCallEnded(Calls.ADD, CallOutcome.Success, null, 1)
            metrics.onIncomingCallEnded(Calls.ADD, CallOutcome.Success, null, 1)
            metrics.onIncomingCallRefused("OverloadedException")
            val table = MeterTable.HEAD + MeterTable.of(registry)
            val page = File(System.getProperty("basedir") ?: ".", "../docs/metrics.md").readLines()
            withClue("The table should be:\n${table.joinToString("\n")}\n") {
                page.filter { it.startsWith("| `hypha.") || it in MeterTable.HEAD } shouldBe table
            }
        }
    })
