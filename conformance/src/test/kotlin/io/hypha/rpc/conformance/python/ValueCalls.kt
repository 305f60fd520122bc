package io.hypha.rpc.conformance.python

import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.wire.Bytes
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope

private val echoes =
    listOf("int", "float", "string", "bytes Uint8Array", "null", "list", "dict", "Set", "Map", "ArrayBuffer", "DataView") +
        listOf("Int8Array", "Int16Array", "Int32Array", "Uint16Array", "Uint32Array", "Float32Array", "Float64Array", "Error")

/** Values of every kind, there and back. */
internal val valueCalls: List<KotlinCall> =
    echoes.map { repeated("js->py echo $it", "echo") } +
        repeated("py types()", "types") +
        repeated("py special()", "special") +
        repeated("py arrays()", "arrays") +
        repeated("js->py kwargs via _rkwargs", "kw") +
        repeated("nested service method", "nested.inner.echo") +
        repeated("schema function add", "add") +
        repeated("js->py chunked 700kB", "echo") +
        KotlinCall("js->py echo Blob") { echoOfAByteSource() } +
        KotlinCall("py file") { fileOfPython() }

private fun repeated(
    scenario: String,
    function: String,
) = KotlinCall(scenario) { repeat(scenario, function) }

/** Python hands the functions of the caller's stream back; they are known for the caller's own, so that reading goes over no network. */
private suspend fun CallerStage.echoOfAByteSource() {
    val echo = during("js->py echo Blob") { vec.call<Map<String, Any?>>("echo", TwoBytes) }
    echo["size"] shouldBe 2L
    echo["read"].shouldBeInstanceOf<RemoteFunction>()(2) shouldBe Bytes(TwoBytes.content)
}

private suspend fun CallerStage.fileOfPython() {
    val file = during("py file") { vec.call<ByteSource>("file") }
    file.isSeekable shouldBe true
    val reference = (resultIn("py file") as Map<*, *>)["read"] as Map<*, *>
    val content =
        coroutineScope {
            val reading = async { file.read(4) }
            val call = stage.script.next("a call of the file's read function")
            call.method shouldBe reference["_rmethod"]
            call.args shouldBe listOf(4L)
            stage.script.send(Message.encode(replyLike(replyTo(callIn("py file")), call, Bytes(byteArrayOf(1, 2)))))
            reading.await()
        }
    content shouldBe Bytes(byteArrayOf(1, 2))
}

/** A reply to [call] with [result], stamped as the server stamped [recorded]. */
internal fun CallerStage.replyLike(
    recorded: RecordedMessage,
    call: Message,
    result: Any?,
): List<Map<String, Any?>> {
    val stamped = recorded.main.mapValues { stage.script.names.translated(it.value) }
    return listOf(stamped + mapOf("method" to "${call.session}.resolve", "parent" to call.session), mapOf("args" to listOf(result)))
}

private object TwoBytes : ByteSource {
    val content: ByteArray = byteArrayOf(1, 2)
    override val size: Long = 2
    override val mediaType: String = ""
    override val isSeekable: Boolean = true

    override suspend fun read(size: Int): Bytes = Bytes(content)

    override suspend fun close() = Unit
}
