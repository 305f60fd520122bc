package io.hypha.rpc.value

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.builtins.serializer

class ReferenceSpec :
    FunSpec({
        val method = mapOf("_rtype" to "method", "_rtarget" to "ws/c", "_rmethod" to "s.f", "_rschema" to mapOf("name" to "f"))
        val generator = mapOf("_rtype" to "generator", "_rmethod" to "s.g")
        val iostream = mapOf("_rtype" to "iostream", "name" to "a.txt", "read" to method)
        val source = bytesOf(1, 2, 3).asByteSource()

        test("functions, streams and byte sources are handed to the call, wherever they stand") {
            val references = FakeReferences()
            val flow = flowOf(1, 2)
            val wire = wireOf(listOf(FakeLocalFunction, mapOf("s" to flow), source), references = references) as List<*>
            (wire[0] as Map<*, *>)["_rtype"] shouldBe "method"
            ((wire[1] as Map<*, *>)["s"] as Map<*, *>)["_rtype"] shouldBe "generator"
            (wire[2] as Map<*, *>)["_rtype"] shouldBe "iostream"
            references.written.map { it.first } shouldContainExactly listOf(FakeLocalFunction, flow, source)
            references.written.map { it.second } shouldContainExactly listOf(null, null, null)
        }

        test("received ones are made by the call, from all entries of the map") {
            val references = FakeReferences(remoteItems = listOf(1L, "x"))
            valueOf(listOf(method), references = references) shouldBe listOf(FakeRemoteFunction(method))
            val stream = valueOf(generator, references = references).shouldBeInstanceOf<Flow<*>>()
            stream.toList() shouldBe listOf(1L, "x")
            val received = valueOf(iostream, references = references).shouldBeInstanceOf<FakeRemoteSource>()
            received.entries shouldBe iostream + ("read" to FakeRemoteFunction(method))
        }

        test("without a call they are refused by name, with the path") {
            problemAt("f") { wireOf(mapOf("f" to FakeLocalFunction)) } shouldContain "A function"
            problemAt("[0]") { wireOf(listOf(flowOf(1))) } shouldContain "A stream"
            problemAt("") { wireOf(source) } shouldContain "A byte source"
            problemAt("f") { valueOf(mapOf("f" to method)) } shouldContain "A function"
            problemAt("[0]") { valueOf(listOf(generator)) } shouldContain "A stream"
            problemAt("read") { valueOf(iostream) } shouldContain "A function"
            problemAt("") { valueOf(iostream - "read") } shouldContain "A byte source"
            problemAt("numbers") { typedValueOf<Streams>(mapOf("numbers" to generator)) } shouldContain "A stream"
        }

        test("a typed stream carries the serializer of its items in both directions") {
            val references = FakeReferences(remoteItems = listOf(1.0, 2L))
            typedWireOf(flowOf(1, 2), references = references)
            references.written.single().second shouldBeSameInstanceAs Int.serializer()
            typedValueOf<Flow<Int>>(generator, references = references).toList() shouldBe listOf(1, 2)
        }

        test("a list where a stream is wanted is a stream of its elements, in every form of a list") {
            typedValueOf<Flow<Int>>(listOf(1, 2.0)).toList() shouldBe listOf(1, 2)
            typedValueOf<Flow<Int>>(set(3)).toList() shouldBe listOf(3)
            typedValueOf<Flow<Double>>(typedarray("int8", 1, 2)).toList() shouldBe listOf(1.0, 2.0)
            typedValueOf<Flow<Point>>(listOf(mapOf("x" to 1, "y" to 2))).toList() shouldBe listOf(Point(1, 2))
            problemAt("") { typedValueOf<Flow<Int>>("text") }
            problemAt("[1]") { typedValueOf<Flow<Int>>(listOf(1, "x")) }
        }

        test("members of a serializable class may be references") {
            val references = FakeReferences(remoteItems = listOf(7L))
            val wire = typedWireOf(Streams(flowOf(7), source, FakeLocalFunction), references = references) as Map<*, *>
            wire.values.map { (it as Map<*, *>)["_rtype"] } shouldContainExactly listOf("generator", "iostream", "method")
            references.written.first().second shouldBeSameInstanceAs Int.serializer()
            val received =
                typedValueOf<Streams>(
                    mapOf("function" to method, "numbers" to generator, "source" to iostream),
                    references = references,
                )
            received.numbers.toList() shouldBe listOf(7)
            received.source.shouldBeInstanceOf<FakeRemoteSource>()
            received.function shouldBe FakeRemoteFunction(method)
        }

        test("bytes where a byte source is wanted are a source of them") {
            typedValueOf<ByteSource>(bytesOf(1, 2)).readAll() shouldBe bytesOf(1, 2)
            problemAt("") { typedValueOf<ByteSource>(5) }
        }
    })
