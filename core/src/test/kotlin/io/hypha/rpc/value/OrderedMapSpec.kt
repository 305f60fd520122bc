package io.hypha.rpc.value

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class OrderedMapSpec :
    FunSpec({
        test("it keeps the order of its entries, and of several with the same key the last value") {
            val map = OrderedMap("b" to 1, 2 to "x", "a" to null, "b" to 3)
            map.entries.map { it.key to it.value } shouldBe listOf("b" to 3, 2L to "x", "a" to null)
            map.size shouldBe 3
        }

        test("integer keys of any type find each other") {
            val map = OrderedMap(1 to "a", 2.toShort() to "b", 3.toByte() to "c", 4L to "d")
            for (key in listOf<Any>(1, 1.toShort(), 1.toByte(), 1L)) {
                map[key] shouldBe "a"
                map.containsKey(key) shouldBe true
            }
            map[3] shouldBe "c"
            map[5] shouldBe null
            map.containsKey("1") shouldBe false
        }

        test("it equals any map with the same keys and values") {
            OrderedMap("a" to 1) shouldBe mapOf("a" to 1)
            OrderedMap(mapOf("a" to 1)).hashCode() shouldBe mapOf("a" to 1).hashCode()
        }

        test("later changes of the map it was made of are not seen") {
            val source = hashMapOf("a" to 1)
            val map = OrderedMap(source)
            source["b"] = 2
            map shouldBe mapOf("a" to 1)
        }

        test("its text has no content") {
            OrderedMap("secret" to "secret").toString() shouldBe "OrderedMap(size=1)"
        }
    })
