package io.hypha.rpc.samples

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly

class MetricsTest :
    FunSpec({
        val lines = listOf("3 calls of hello", "now: sessions=0, incomingCalls=0, longMessages=0")

        test("metrics and statistics show what happened") {
            linesOf { Metrics.main(emptyArray()) } shouldContainExactly lines
        }

        test("metrics and statistics show what happened in Java") {
            linesOf { JavaMetrics.main(emptyArray()) } shouldContainExactly lines
        }
    })
