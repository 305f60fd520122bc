package io.hypha.rpc.samples

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class JavaValuesTest :
    FunSpec({
        test("beans, classes with a codec and unsigned arrays come back from a service in Java") {
            linesOf { JavaValues.main(emptyArray()) } shouldBe listOf("BLOOD grown", "135 degrees", "uint16 65535", "4 pixels")
        }
    })
