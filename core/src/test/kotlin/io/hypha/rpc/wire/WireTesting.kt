package io.hypha.rpc.wire

import io.hypha.rpc.ProtocolException
import io.kotest.assertions.throwables.shouldThrow

internal fun bytesOf(vararg values: Int): ByteArray = ByteArray(values.size) { values[it].toByte() }

internal fun hex(text: String): ByteArray = text.filter { it != ' ' && it != '\n' }.hexToByteArray()

internal fun reader(vararg values: Int): MsgPackReader = MsgPackReader(Bytes(bytesOf(*values)))

internal fun reader(
    array: ByteArray,
    limits: WireLimits = WireLimits.Default,
): MsgPackReader = MsgPackReader(Bytes(array), limits)

internal fun written(write: MsgPackWriter.() -> Unit): ByteArray = MsgPackWriter().apply(write).finish().toByteArray()

internal fun encoded(value: Any?): ByteArray = written { PlainValues.write(this, value) }

internal fun readAll(array: ByteArray): List<Any?> {
    val reader = reader(array)
    return buildList { while (reader.remaining > 0) add(PlainValues.read(reader)) }
}

internal fun refused(block: () -> Unit): String = shouldThrow<ProtocolException> { block() }.message!!
