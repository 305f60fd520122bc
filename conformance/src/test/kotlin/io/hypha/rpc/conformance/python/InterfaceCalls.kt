package io.hypha.rpc.conformance.python

import io.hypha.rpc.call.param
import io.hypha.rpc.service.interfaceObject
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe

/** Interface objects, `_rintf` (protocol §4.5): a Python provider keeps one beyond the call that brought it. */
internal val interfaceCalls: List<KotlinCall> =
    listOf(
        KotlinCall(listOf("js _rintf kept by py", "js _rintf used after return")) {
            val items = interfaceObject { function("getItem", param("key")) { key: String -> "v-$key" } }
            during("js _rintf kept by py") { vec.call<String>("keep", items) } shouldBe "v-k1"
            items.ids shouldHaveSize 1
            during("js _rintf used after return") { vec.call<String>("use_kept", "k2") } shouldBe "v-k2"
            items.dispose()
            items.ids.shouldBeEmpty()
        },
    )
