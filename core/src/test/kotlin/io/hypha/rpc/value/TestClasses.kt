package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.Contextual
import kotlinx.serialization.EncodeDefault
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlin.time.Instant

@Serializable
internal data class Point(
    val x: Int,
    val y: Int,
)

@Serializable
internal enum class Mood {
    Good,

    @SerialName("not-so-good")
    Bad,
}

@Serializable
internal enum class Step {
    @SerialName("the-last")
    Last {
        override val isLast = true
    }, ;

    abstract val isLast: Boolean
}

internal enum class Undeclared { One, Two }

@Serializable
internal sealed interface Figure

@Serializable
@SerialName("circle")
internal data class Circle(
    val radius: Double,
) : Figure

@Serializable
@SerialName("group")
internal data class Group(
    val members: List<Figure>,
    val note: String? = null,
) : Figure

@Serializable
@SerialName("nothing")
internal data object Nothing : Figure

@Serializable
@SerialName("label")
@JvmInline
internal value class Label(
    val text: String,
) : Figure

@Serializable
@SerialName("odd")
internal data class Odd(
    val type: String,
) : Figure

@Serializable
internal data class Settings(
    val name: String,
    val retries: Int = 3,
    val ratio: Double = 0.5,
    val note: String? = "none",
    val tags: List<String> = listOf("a"),
)

@Serializable
internal data class Sparse
    @OptIn(ExperimentalSerializationApi::class)
    constructor(
        @EncodeDefault(EncodeDefault.Mode.NEVER)
        val hidden: Int = 1,
        val shown: Int = 2,
    )

@Serializable
@JvmInline
internal value class Id(
    val text: String,
)

@Serializable
@JvmInline
internal value class Wrapper(
    val point: Point,
)

@Serializable
internal data class Unsigned(
    val a: UByte,
    val b: UShort,
    val c: UInt,
    val d: ULong,
    val e: List<ULong>,
    val f: ULong?,
)

@Serializable
internal data class Box<T>(
    val content: T,
)

@Serializable
internal data class Tree(
    val children: List<Tree> = emptyList(),
)

@Serializable
internal class Everything(
    val array: NDArray,
    val map: OrderedMap,
    val error: RemoteError,
    val view: MemoryView,
    val time: Instant,
    @Contextual val bytes: Bytes,
    @Contextual val any: Any?,
    val raw: ByteArray,
    val floats: FloatArray,
)

@Serializable
internal class Streams(
    @Contextual val numbers: Flow<Int>,
    val source: ByteSource,
    @Contextual val function: Any,
)

@Serializable
internal data class Checked(
    val port: Int,
) {
    init {
        require(port > 0) { "A port is positive" }
    }
}

@Serializable
internal data class Sample(
    val flag: Boolean,
    val byte: Byte,
    val short: Short,
    val int: Int,
    val long: Long,
    val ulong: ULong,
    val float: Float,
    val double: Double,
    val char: Char,
    val text: String?,
    val mood: Mood,
    val id: Id,
    val time: Instant,
    val figures: List<Figure>,
    val numbers: List<Double?>,
    val names: Set<String>,
    val byNumber: Map<Int, Point>,
    val byName: Map<String, ULong>,
    val array: NDArray,
    @Contextual val any: Any?,
)
