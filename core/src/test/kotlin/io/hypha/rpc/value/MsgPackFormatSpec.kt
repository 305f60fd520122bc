package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.ProtocolException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.WireLimits
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.serialization.SerializationException
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.decodeFromByteArray
import kotlinx.serialization.encodeToByteArray
import kotlinx.serialization.json.Json

class MsgPackFormatSpec :
    FunSpec({
        test("it encodes and decodes through the interface of kotlinx.serialization") {
            val bytes = MsgPack.Default.encodeToByteArray(Settings("a"))
            MsgPack.Default.decodeFromByteArray<Settings>(bytes) shouldBe Settings("a")
            MsgPack.Default.encodeToByteArray(Point(1, 2)) shouldBe
                byteArrayOf(0x82.toByte(), 0xa1.toByte(), 'x'.code.toByte(), 1, 0xa1.toByte(), 'y'.code.toByte(), 2)
        }

        test("arrays decoded from a slice are slices of it") {
            val bytes = Bytes(MsgPack.Default.encodeToByteArray(NDArraySerializer, NDArray.of(ByteArray(10_000))))
            val array = MsgPack.Default.decodeFromBytes(NDArraySerializer, bytes)
            array.toBytes().array shouldBeSameInstanceAs bytes.array
        }

        test("bytes that follow the value are refused") {
            shouldThrow<ProtocolException> { MsgPack.Default.decodeFromByteArray<Int>(byteArrayOf(1, 2)) }.message shouldContain
                "1 bytes follow"
        }

        test("codecs and limits are those given") {
            val codecs = listOf(codec<Pixels>("p", { mapOf("d" to 1) }, { Pixels(NDArray.scalar(it["d"] as Long)) }))
            val format = MsgPack(codecs = codecs, limits = WireLimits(maxDepth = 3))
            val bytes = format.encodeToByteArray(Framed(Pixels(NDArray.scalar(0.5))))
            format.decodeFromByteArray<Framed>(bytes) shouldBe Framed(Pixels(NDArray.scalar(1L)))
            shouldThrow<EncodingException> { format.encodeToByteArray(listOf(listOf(listOf(listOf(1))))) }
        }

        test("types of this library have no form in other formats") {
            shouldThrow<SerializationException> { Json.encodeToString(NDArraySerializer, NDArray.scalar(1.0)) }.message shouldContain
                "Hypha"
            shouldThrow<SerializationException> { Json.decodeFromString(ListSerializer(RemoteErrorSerializer), "[1]") }
        }

        test("a failing serializer is an encoding problem with its path") {
            problemAt("[0]") { MsgPack.Default.encodeToByteArray(ListSerializer(FailingSerializer), listOf("secret")) } shouldBe
                "does not work"
            problemAt(
                "[0]",
            ) { MsgPack.Default.decodeFromByteArray(ListSerializer(FailingSerializer), byteArrayOf(0x91.toByte(), 1)) } shouldContain
                "NumberFormatException"
        }
    })
