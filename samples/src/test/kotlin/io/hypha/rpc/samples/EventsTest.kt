package io.hypha.rpc.samples

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly

class EventsTest :
    FunSpec({
        test("two clients hear of each other, and the workspace is looked after") {
            linesOf { Events.main(emptyArray()) } shouldContainExactly
                listOf(
                    "ws-user-ada/sender says it works",
                    "the answer is 42",
                    "new service ws-user-ada/sender:hello",
                    "workspaces [ws-user-ada, lab-7]",
                    "client listener of ada",
                    "client sender of ada",
                    "MODEL is v2",
                    "logged {trained=1}",
                )
        }
    })
