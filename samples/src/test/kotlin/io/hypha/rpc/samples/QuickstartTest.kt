package io.hypha.rpc.samples

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactly

class QuickstartTest :
    FunSpec({
        test("the quickstart shows everything, one line each") {
            val lines = linesOf { Quickstart.main(emptyArray()) }
            lines.map { it.substringBefore(' ') } shouldContainExactly
                listOf("connected", "call", "callback", "stream", "array", "error", "java")
            lines shouldContain "array      float32 of the shape [2, 3, 4] came back, sum 138.0"
            lines shouldContain "error      divide(1, 0) failed: / by zero"
            lines shouldContain "java       multiply(6, 7) is 42"
        }

        test("the quickstart in Java shows the same") {
            val lines = linesOf { JavaQuickstart.main(emptyArray()) }
            lines.map { it.substringBefore(' ') } shouldContainExactly
                listOf("connected", "call", "callback", "stream", "array", "error")
            lines shouldContain "stream     count(5) sent 0 1 2 3 4"
        }
    })
