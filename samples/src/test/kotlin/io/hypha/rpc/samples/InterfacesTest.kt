package io.hypha.rpc.samples

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly

class InterfacesTest :
    FunSpec({
        test("a watcher is told of images until its owner ends it") {
            linesOf { Interfaces.main(emptyArray()) } shouldContainExactly
                listOf("image 1", "watched by 1", "image 2", "watched by 1", "watched by 0")
        }

        test("the own workspace and an authorised one are greeted, another one is refused") {
            linesOf { Permissions.main(emptyArray()) } shouldContainExactly
                listOf("Hello ann in lab-one", "Hello ben in lab-two", "refused in lab-three")
        }
    })
