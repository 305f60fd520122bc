package io.hypha.rpc.service

import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.Contextual
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

// Classes to describe; the first ones are those of docs/schemas.md.

@Serializable
@Description("A place")
internal class Place(
    @Description("To the right") val x: Double,
    val y: Double = 0.0,
    val name: String? = null,
)

@Serializable
internal enum class Color {
    Red,

    @SerialName("dark-green")
    Green,
}

@Serializable
internal sealed interface Figure

@Serializable
@SerialName("circle")
internal class Circle(
    val radius: Double,
) : Figure

@Serializable
@SerialName("dot")
internal data object Dot : Figure

@JvmInline
@Serializable
internal value class Meters(
    val value: Double,
)

@Serializable
@SerialName("io.example.Tree")
internal class Tree(
    val label: String,
    val children: List<Tree> = emptyList(),
    val parent: Tree? = null,
)

@Serializable
@SerialName("com.example.Tree")
internal class OtherTree(
    val next: OtherTree? = null,
)

@Serializable
internal class Trip(
    @Description("Where it begins") val from: Place,
    @Description("Where it ends") val to: Place?,
    val colors: Pair<Color, Color>,
)

@Serializable
internal class Box<T>(
    val content: T,
)

@Serializable
@Description("A sum of two")
@SerialName("sum")
internal class Sum(
    val left: Term,
    val right: Term,
) : Term

@Serializable
internal sealed interface Term

@JvmInline
@Serializable
@SerialName("literal")
internal value class Literal(
    val value: Int,
) : Term

@Serializable
internal class Attachment(
    @Contextual val data: Bytes,
    @Contextual val note: Any? = null,
    @Contextual val lines: Flow<String>,
)
