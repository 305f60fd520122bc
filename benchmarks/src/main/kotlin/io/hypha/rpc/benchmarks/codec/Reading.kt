package io.hypha.rpc.benchmarks.codec

import io.hypha.rpc.value.MsgPack
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable

/** A record of about 200 bytes on the wire, as a service would return it. */
@Serializable
class Reading(
    val sensor: String,
    val location: String,
    val sequence: Long,
    val isValid: Boolean,
    val temperature: Double,
    val pressure: Double,
    val samples: List<Int>,
    val remark: String?,
    val labels: Map<String, String>,
) {
    /** Holds the one that is measured, and how it is read. */
    companion object {
        /** The value room's serializer for whatever comes. */
        @OptIn(ExperimentalSerializationApi::class)
        @JvmField
        val ANYTHING: KSerializer<Any> = checkNotNull(MsgPack.Default.serializersModule.getContextual(Any::class))

        /** The one that is measured. */
        @JvmField
        val SAMPLE: Reading =
            Reading(
                sensor = "microscope-stage-03",
                location = "building 7, room 214",
                sequence = 1_234_567,
                isValid = true,
                temperature = 21.375,
                pressure = 1013.25,
                samples = listOf(3, 141, 5926, 53, 58979, 32, 38, 4626),
                remark = null,
                labels = mapOf("experiment" to "calibration", "operator" to "night shift"),
            )
    }
}
