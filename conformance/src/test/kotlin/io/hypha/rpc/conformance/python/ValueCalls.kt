package io.hypha.rpc.conformance.python

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
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

/** Python hands the functions of the caller's stream back, but they died with the call: reading says so at once. */
private suspend fun CallerStage.echoOfAByteSource() {
    val echo = during("js->py echo Blob") { vec.call<Map<String, Any?>>("echo", TwoBytes) }
    echo["size"] shouldBe 2L
    val read = echo["read"].shouldBeInstanceOf<RemoteFunction>()
    val refusal =
        coroutineScope {
            val failing = async { shouldThrow<MethodNotFoundException> { read() } }
            // The call to itself, and its refusal, as the server delivers them.
            repeat(2) { deliverToItself() }
            failing.await()
        }
    refusal.message shouldStartWith "Session not found: ${stage.connection.workspace}/${stage.connection.clientId}:"
}

private suspend fun CallerStage.deliverToItself() {
    val message = stage.script.next("a call of its own function")
    stage.script.send(Message.encode(listOf(message.main + ("ws" to stage.connection.workspace), message.payload)))
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
    override val size: Long = 2
    override val mediaType: String = ""
    override val isSeekable: Boolean = true

    override suspend fun read(size: Int): Bytes = Bytes.Empty

    override suspend fun close() = Unit
}
