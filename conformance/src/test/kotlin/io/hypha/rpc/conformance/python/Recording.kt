package io.hypha.rpc.conformance.python

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** A recorded conversation in its order; see `src/test/resources/vectors/README.md`. */
internal class Recording(
    val messages: List<RecordedMessage>,
) {
    val scenarios: List<String> = messages.map { it.scenario }.distinct()

    /** What went over the connection of [peer]. */
    fun of(peer: String): Recording = Recording(messages.filter { it.peer == peer })

    fun scenario(name: String): List<RecordedMessage> = messages.filter { it.scenario == name }

    /** What the server said first. */
    val connectionInfo: JsonObject
        get() = Json.parseToJsonElement(messages.first { it.text != null && !it.isFromClient }.text!!).jsonObject

    /** The conversation without the calls that [isUnwanted], their replies, and whatever else happened in their sessions. */
    fun without(isUnwanted: (RecordedMessage) -> Boolean): Recording {
        val sessions = messages.filter(isUnwanted).mapNotNull { it.session }
        return Recording(messages.filterNot { message -> sessions.any(message::belongsTo) })
    }

    /** The conversation with [change] made to the arguments of every message that [isMeant]. */
    fun edited(
        isMeant: (RecordedMessage) -> Boolean,
        change: (List<Any?>) -> List<Any?>,
    ): Recording = Recording(messages.map { if (isMeant(it)) it.withArgs(change(it.args)) else it })

    companion object {
        val javaScriptCallsPython: Recording by lazy { load("js_calls_py") }
        val pythonCallsJavaScript: Recording by lazy { load("py_calls_js") }

        private fun load(name: String): Recording {
            val stream = checkNotNull(Recording::class.java.getResourceAsStream("/vectors/$name.jsonl")) { "no recording $name" }
            return Recording(stream.bufferedReader().useLines { lines -> lines.map(::message).toList() })
        }

        private fun message(line: String): RecordedMessage {
            val entries = Json.parseToJsonElement(line).jsonObject

            fun text(key: String) = entries[key]?.jsonPrimitive?.content
            return RecordedMessage(
                scenario = text("scenario")!!,
                peer = text("peer")!!,
                isFromClient = text("dir") == "client->server",
                kind = RecordedMessage.Kind.valueOf(text("kind")!!.replaceFirstChar(Char::uppercase)),
                text = text("text"),
                key = text("key"),
                segments =
                    entries["segments"]?.jsonArray.orEmpty().map { segment ->
                        segment.jsonObject.mapValues { plainValue(it.value) }
                    },
            )
        }
    }
}
