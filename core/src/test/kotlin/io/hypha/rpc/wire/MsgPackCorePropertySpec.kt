package io.hypha.rpc.wire

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.checkAll
import kotlin.random.Random

/** The trees are made from a seed, so that a failure names the seed instead of printing a tree of megabytes. */
class MsgPackCorePropertySpec :
    FunSpec({
        suspend fun forManyTrees(check: (tree: Any?) -> Unit) {
            checkAll(2000, Arb.int()) { seed -> check(PlainTrees.tree(Random(seed))) }
        }

        test("whatever we write, msgpack-core reads as the same value") {
            forManyTrees { firstDifference(MsgPackCore.decode(encoded(it)), it) shouldBe null }
        }

        test("whatever msgpack-core writes, we read as the same value") {
            forManyTrees { firstDifference(readAll(MsgPackCore.encode(it)).single(), it) shouldBe null }
        }

        test("both write the same bytes") {
            forManyTrees { encoded(it).contentEquals(MsgPackCore.encode(it)) shouldBe true }
        }

        test("what we write and read comes out in the same bytes again") {
            forManyTrees {
                val bytes = encoded(it)
                encoded(readAll(bytes).single()).contentEquals(bytes) shouldBe true
            }
        }

        test("skipping a value ends behind it") {
            forManyTrees {
                val bytes = encoded(it)
                val reader = reader(bytes + bytes)
                reader.skip()
                reader.position shouldBe bytes.size
            }
        }
    })
