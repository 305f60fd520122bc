package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import kotlin.random.Random

class RoundTripSpec :
    FunSpec({
        val format = ValueFormat()

        test("any value that was received is the same when it is sent and received again") {
            checkAll(3000, Arb.long()) { seed ->
                val value = randomValue(Random(seed))
                val bytes = encoded { format.write(value, it, null) }
                format.read(MsgPackReader(bytes), null) shouldBe value
            }
        }

        test("any value is the same when it is written and read as Any?") {
            val any = format.serializer(shape<Any?>())
            checkAll(500, Arb.long()) { seed ->
                val value = randomValue(Random(seed))
                val bytes = encoded { format.write(any, value, it, null) }
                bytes shouldBe encoded { format.write(value, it, null) }
                format.read(any, MsgPackReader(bytes), null) shouldBe value
            }
        }

        test("any instance of a class with all kinds of members comes back equal, and without its type as the same bytes") {
            checkAll(2000, Arb.long()) { seed ->
                val sample = randomSample(Random(seed))
                val bytes = encoded { format.write(Sample.serializer(), sample, it, null) }
                format.read(Sample.serializer(), MsgPackReader(bytes), null) shouldBe sample
                encoded { format.write(sample, it, null) } shouldBe bytes
            }
        }

        test("an instance comes back equal from its fields in any order, as a value without a type has them") {
            checkAll(500, Arb.long()) { seed ->
                val sample = randomSample(Random(seed))
                val tree = wireTree { format.write(Sample.serializer(), sample, it, null) } as Map<*, *>
                val shuffled = tree.entries.shuffled(Random(seed)).associate { it.key to it.value }
                typedValueOf<Sample>(shuffled) shouldBe sample
            }
        }

        test("a Fortran array arrives with the elements of the same indices") {
            checkAll(500, Arb.long()) { seed ->
                val array = randomArray(Random(seed)).asFortran()
                val bytes = encoded { format.write(array, it, null) }
                val received = format.read(MsgPackReader(bytes), null) as NDArray
                received shouldBe array
                received.dimensions.isRowMajor shouldBe true
            }
        }

        test("whatever a byte is changed to, the outcome is a value or one of our exceptions") {
            val sample = encoded { format.write(Sample.serializer(), randomSample(Random(5)), it, null) }
            val random = Random(6)
            repeat(20_000) { round ->
                val broken = sample.toByteArray()
                repeat(random.nextInt(1, 4)) { broken[random.nextInt(broken.size)] = random.nextInt().toByte() }
                withClue("round $round") {
                    outcome { format.read(MsgPackReader(Bytes(broken)), null) }
                    outcome { format.read(Sample.serializer(), MsgPackReader(Bytes(broken)), null) }
                }
            }
        }
    })

private fun outcome(read: () -> Any?) {
    try {
        read()
    } catch (e: HyphaException) {
        (e is EncodingException || e is io.hypha.rpc.ProtocolException) shouldBe true
    }
}
