package io.hypha.rpc.conformance.javascript

import io.kotest.assertions.AssertionErrorBuilder
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import java.io.File
import java.io.IOException
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.seconds

/** The real JavaScript client in a Node process, which does what it is told: see `src/test/js/README.md`. */
internal class JsPeer private constructor(
    private val process: Process,
) : AutoCloseable {
    private val ready = CompletableDeferred<JsonObject>()
    private val answers = ConcurrentHashMap<Int, CompletableDeferred<JsonElement>>()
    private val ids = AtomicInteger()
    private val complaints = StringBuffer()

    /** Events that the peer received, in order. */
    val events = Channel<JsonObject>(Channel.UNLIMITED)
    lateinit var workspace: String
        private set
    lateinit var clientId: String
        private set

    private val reader =
        thread(isDaemon = true, name = "js-peer-stdout") {
            readLines(process.inputStream.bufferedReader())
            val gone = IllegalStateException("the JavaScript peer has ended: $complaints")
            ready.completeExceptionally(gone)
            answers.values.forEach { it.completeExceptionally(gone) }
        }
    private val errorReader =
        thread(isDaemon = true, name = "js-peer-stderr") {
            try {
                process.errorStream.bufferedReader().forEachLine { complaints.appendLine(it) }
            } catch (_: IOException) {
                // The stream is closed under the reader when the process is destroyed.
            }
        }

    private fun readLines(lines: java.io.BufferedReader) {
        try {
            lines.forEachLine { take(Json.parseToJsonElement(it).jsonObject) }
        } catch (_: IOException) {
            // The stream is closed under the reader when the process is destroyed.
        }
    }

    private fun take(line: JsonObject) {
        when (line["event"]?.jsonPrimitive?.content) {
            "ready" -> ready.complete(line)
            "failed" -> ready.completeExceptionally(IllegalStateException(line["message"]?.jsonPrimitive?.content))
            "received" -> events.trySend(line.getValue("message").jsonObject)
            else -> answer(line)
        }
    }

    private fun answer(line: JsonObject) {
        val waiting =
            answers.remove(
                line
                    .getValue("id")
                    .jsonPrimitive.content
                    .toInt(),
            ) ?: return
        val error = line["error"]?.jsonPrimitive?.contentOrNull
        if (error == null) waiting.complete(line["ok"] ?: JsonNull) else waiting.completeExceptionally(JsPeerException(error))
    }

    /** Sends one command and returns its answer; a [JsPeerException] carries the peer's own words. */
    suspend fun command(
        name: String,
        fields: JsonObject = JsonObject(emptyMap()),
    ): JsonElement {
        val id = ids.incrementAndGet()
        val answer = CompletableDeferred<JsonElement>()
        answers[id] = answer
        val line = JsonObject(fields + mapOf("id" to JsonPrimitive(id), "cmd" to JsonPrimitive(name)))
        process.outputStream.write((line.toString() + "\n").toByteArray())
        process.outputStream.flush()
        return withTimeout(AnswerTimeout) { answer.await() }
    }

    /** Calls a function of a service, or of the server object when [service] is null. */
    suspend fun call(
        service: String?,
        path: String,
        vararg args: JsonElement,
    ): JsonElement =
        command(
            "call",
            buildJsonObject {
                service?.let { put("service", it) }
                put("path", path)
                put("args", kotlinx.serialization.json.JsonArray(args.asList()))
            },
        )

    /** Runs a whole scenario, against a service if it needs one; fails with the list of what did not hold. */
    suspend fun scenario(
        name: String,
        service: String? = null,
    ) {
        try {
            command("scenario", buildJsonObject { put("name", name).also { put("service", service) } })
        } catch (e: JsPeerException) {
            AssertionErrorBuilder.fail("scenario '$name' against ${service ?: "the hub"}:\n${e.message}\n$complaints")
        }
    }

    /** Ends the process at once, without a word to anybody. */
    fun kill() {
        process.destroyForcibly().waitFor()
    }

    override fun close() {
        process.outputStream.close()
        if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
        reader.join()
        errorReader.join()
    }

    companion object {
        private val AnswerTimeout = 60.seconds
        private const val EXIT_SECONDS = 5L

        /** Starts a peer and waits until its services are registered. */
        fun start(
            url: String,
            vararg options: String,
        ): JsPeer {
            val process = ProcessBuilder(listOf("node", "src/test/js/peer.mjs", url) + options).directory(File(".").absoluteFile).start()
            val peer = JsPeer(process)
            try {
                val ready = runBlocking { withTimeout(AnswerTimeout) { peer.ready.await() } }
                peer.workspace = ready.getValue("workspace").jsonPrimitive.content
                peer.clientId = ready.getValue("clientId").jsonPrimitive.content
                return peer
            } catch (e: IllegalStateException) {
                process.destroyForcibly()
                throw IllegalStateException("the JavaScript peer could not start: ${e.message}", e)
            }
        }
    }
}

/** What the peer answered instead of a result. */
internal class JsPeerException(
    message: String,
) : RuntimeException(message)
