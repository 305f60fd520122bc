package io.hypha.rpc.hub.workspace

import io.hypha.rpc.hub.service.PlainTree
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.ints.shouldBeInRange
import io.kotest.matchers.shouldBe

class EventLogBoundsSpec :
    FunSpec({
        fun EventLog.add(data: Any?) = add("type", "w", "u", PlainTree.of(data, "data", EventLog.LARGEST_DATA))

        fun EventLog.ids() = find { true }.map { it.id }

        test("forgets the oldest of many events") {
            val log = EventLog()
            repeat(10_005) { log.add(null) }
            log.ids() shouldBe (6L..10_005L).toList()
        }

        test("forgets the oldest of large events") {
            val log = EventLog()
            repeat(300) { log.add("x".repeat(60_000)) }
            log.ids().size shouldBeInRange 130..140
            log.ids().last() shouldBe 300L
        }
    })
