package io.hypha.rpc.jvm

import kotlin.reflect.KClass
import kotlin.reflect.KType
import java.lang.reflect.Array as Arrays

/** Kotlin's own types that have no class file of their name. */
private val builtIn: Map<String, KClass<*>> =
    listOf(
        mapOf("Any" to Any::class, "Nothing" to Nothing::class, "String" to String::class, "CharSequence" to CharSequence::class),
        mapOf("Number" to Number::class, "Comparable" to Comparable::class, "Enum" to Enum::class, "Throwable" to Throwable::class),
        mapOf("Boolean" to Boolean::class, "Char" to Char::class, "Byte" to Byte::class, "Short" to Short::class, "Int" to Int::class),
        mapOf("Long" to Long::class, "Float" to Float::class, "Double" to Double::class, "Annotation" to Annotation::class),
        mapOf("BooleanArray" to BooleanArray::class, "CharArray" to CharArray::class, "ByteArray" to ByteArray::class),
        mapOf("ShortArray" to ShortArray::class, "IntArray" to IntArray::class, "LongArray" to LongArray::class),
        mapOf("FloatArray" to FloatArray::class, "DoubleArray" to DoubleArray::class),
        collections("Iterable" to Iterable::class, "Collection" to Collection::class, "List" to List::class, "Set" to Set::class),
        collections(
            "Map" to Map::class,
            "Map.Entry" to Map.Entry::class,
            "Iterator" to Iterator::class,
            "ListIterator" to ListIterator::class,
        ),
    ).flatMap { it.entries }.associate { (name, type) -> "kotlin/$name" to type }

private fun collections(vararg types: Pair<String, KClass<*>>): Map<String, KClass<*>> =
    types.flatMap { (name, type) -> listOf("collections/$name" to type, "collections/Mutable$name" to type) }.toMap() +
        ("collections/MutableMap.MutableEntry" to Map.Entry::class)

/**
 * The class that Kotlin's metadata calls [name], such as `kotlin/collections/Map.Entry`.
 *
 * @param arguments those of the type; an array's class depends on them.
 * @throws IllegalArgumentException when there is none, as for functions of more than 22 parameters.
 */
internal fun classNamed(
    name: String,
    arguments: List<KType?>,
    loader: ClassLoader?,
): KClass<*> {
    if (name == "kotlin/Array") return arrayOf(arguments.single())
    val javaName = if (name.startsWith("kotlin/Function")) "kotlin.jvm.functions." + name.substringAfter('/') else binaryName(name)
    return builtIn[name] ?: try {
        Class.forName(javaName, false, loader).kotlin
    } catch (e: ClassNotFoundException) {
        throw IllegalArgumentException("it mentions ${name.replace('/', '.')}, for which there is no class", e)
    }
}

private fun arrayOf(element: KType?): KClass<*> {
    val type = element?.kotlinClass ?: Any::class
    return Arrays.newInstance(type.javaObjectType, 0).javaClass.kotlin
}

private fun binaryName(name: String) = name.replace('.', '$').replace('/', '.')
