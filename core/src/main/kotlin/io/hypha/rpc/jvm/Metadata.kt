package io.hypha.rpc.jvm

import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Method
import kotlin.metadata.KmClass
import kotlin.metadata.KmFunction
import kotlin.metadata.jvm.JvmMethodSignature
import kotlin.metadata.jvm.KotlinClassMetadata
import kotlin.metadata.jvm.signature

/** What the Kotlin compiler wrote down about [type]; null for classes that are not Kotlin's. */
internal fun metadataOf(type: Class<*>): KmClass? {
    val metadata = type.getAnnotation(Metadata::class.java) ?: return null
    // Interfaces that a newer compiler wrote are read as well as they can be.
    return (KotlinClassMetadata.readLenient(metadata) as? KotlinClassMetadata.Class)?.kmClass
}

/** The method of [signature] that [type] itself declares, or the class beside it that holds the bodies of an interface. */
internal fun methodOf(
    type: Class<*>,
    signature: JvmMethodSignature,
): Method? =
    sequenceOf(type, bodiesOf(type))
        .filterNotNull()
        .flatMap { it.declaredMethods.asSequence() }
        .firstOrNull { it.name == signature.name && descriptorOf(it) == signature.descriptor }

/** Where older compilers, and newer ones for the sake of older ones, put the bodies of an interface's members. */
internal fun bodiesOf(type: Class<*>): Class<*>? =
    try {
        Class.forName(type.name + "\$DefaultImpls", false, type.classLoader)
    } catch (_: ClassNotFoundException) {
        null
    }

private val ofEveryObject = setOf("toString()Ljava/lang/String;", "hashCode()I", "equals(Ljava/lang/Object;)Z")

/** Whether [function] is one that every object has, which others of its name are not. */
internal fun isOfEveryObject(function: KmFunction): Boolean = function.signature?.toString() in ofEveryObject

private fun descriptorOf(method: Method): String =
    method.parameterTypes.joinToString("", "(", ")") { descriptorOf(it) } + descriptorOf(method.returnType)

private fun descriptorOf(type: Class<*>): String =
    when {
        type.isArray -> type.name.replace('.', '/')
        !type.isPrimitive -> "L" + type.name.replace('.', '/') + ";"
        else -> primitives.getValue(type.name)
    }

private val primitives =
    mapOf(
        "void" to "V",
        "boolean" to "Z",
        "char" to "C",
        "byte" to "B",
        "short" to "S",
        "int" to "I",
        "long" to "J",
        "float" to "F",
        "double" to "D",
    )

/**
 * The same, and callable although its class may be private.
 *
 * @throws IllegalArgumentException when its class is in a module that keeps it to itself.
 */
internal fun Method.opened(): Method =
    try {
        apply { isAccessible = true }
    } catch (e: RuntimeException) {
        // Android 7 knows neither modules nor their exception.
        throw IllegalArgumentException("${declaringClass.name} cannot be used: open its package to the module io.hypha.rpc.core", e)
    }

/** Calls the method and throws what it throws. */
internal fun Method.call(
    receiver: Any?,
    arguments: Array<Any?>,
): Any? =
    try {
        invoke(receiver, *arguments)
    } catch (e: InvocationTargetException) {
        throw e.targetException
    }
