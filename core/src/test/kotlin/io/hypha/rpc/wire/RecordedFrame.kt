package io.hypha.rpc.wire

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlin.io.encoding.Base64

/** One line of `vectors/frames.jsonl`; the README beside it explains the fields. */
internal class RecordedFrame(
    val name: String,
    val bytes: ByteArray,
    val segments: JsonArray,
) {
    companion object {
        // Lenient, because Python writes NaN as a bare word.
        private val json = Json { isLenient = true }

        val all: List<RecordedFrame> by lazy {
            val lines = checkNotNull(RecordedFrame::class.java.getResource("/vectors/frames.jsonl")).readText().lines()
            lines.filter { it.isNotBlank() }.mapIndexed { index, line -> parse(index + 1, json.parseToJsonElement(line).jsonObject) }
        }

        private fun parse(
            line: Int,
            frame: JsonObject,
        ): RecordedFrame =
            RecordedFrame(
                name = "frames.jsonl:$line ${frame.getValue("scenario").jsonPrimitive.content}",
                bytes = Base64.decode(frame.getValue("base64").jsonPrimitive.content),
                segments = frame.getValue("segments").jsonArray,
            )
    }
}
