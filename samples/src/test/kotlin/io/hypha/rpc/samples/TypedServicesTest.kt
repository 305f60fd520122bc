package io.hypha.rpc.samples

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly

class TypedServicesTest :
    FunSpec({
        test("the interface is called on one side and implemented on the other") {
            linesOf { TypedServices.main(emptyArray()) } shouldContainExactly
                listOf("version 1.0", "41 + 1 is 42", "counted [0, 1, 2]", "done 0.5", "done 1.0")
        }
    })
