package io.hypha.rpc.jvm.bean

import java.lang.reflect.Field
import java.lang.reflect.Method
import java.lang.reflect.Modifier

/** Beans: classes with a public constructor without parameters, and with getters and setters or public fields. */
internal object Beans {
    private val libraries = listOf("java.", "javax.", "jdk.", "sun.", "com.sun.", "android.", "androidx.", "dalvik.", "kotlin.", "kotlinx.")

    fun read(type: Class<*>): ClassModel {
        if (isOfLibrary(type) && !type.isInterface) {
            val advice = "Send what it holds, as text, numbers or bytes, or register a HyphaCodec for it"
            throw UnfitClassException("it is no class of your program", advice = advice)
        }
        requirePlain(type)
        val constructor =
            type.constructors.firstOrNull { it.parameterTypes.isEmpty() }
                ?: throw UnfitClassException("it has no public constructor without parameters")
        val all = ClassModels.distinct(properties(type))
        if (all.isEmpty()) throw UnfitClassException("it has no properties" + if (type.isSynthetic) ", and may be a lambda" else "")
        return ClassModel(type, all.filter { it.canBeRead }, all.filter { it.canBeSet }, isRecord = false, constructor.opened(type))
    }

    private fun requirePlain(type: Class<*>) {
        val problem =
            when {
                type.isInterface -> "it is an interface"
                Modifier.isAbstract(type.modifiers) -> "it is abstract"
                type.isAnonymousClass || type.isSynthetic -> "it is an anonymous class"
                type.isMemberClass && !Modifier.isStatic(type.modifiers) -> "it is an inner class that is not static"
                else -> null
            }
        if (problem != null) throw UnfitClassException(problem)
        // A thread, a component of a user interface or a collection with getters is no bean.
        val parent = generateSequence(type.superclass) { it.superclass }.firstOrNull { it != Any::class.java && isOfLibrary(it) }
        if (parent != null) throw UnfitClassException("it is a ${parent.name}")
    }

    /** Whether it is a class of Java's, Kotlin's or Android's library. */
    fun isOfLibrary(type: Class<*>): Boolean = libraries.any(type.name::startsWith)

    private fun properties(type: Class<*>): List<Property> {
        val parts = HashMap<String, Parts>()
        val fields = HashMap<String, Field>()
        val order = ArrayList<String>()
        for (level in generateSequence(type) { it.superclass }.takeWhile { it != Any::class.java }) {
            val own = level.declaredFields.filter { !Modifier.isStatic(it.modifiers) && !it.isSynthetic }
            own.forEach { if (it.name !in fields) fields[it.name] = it }
            order.addAll(0, own.map { it.name })
        }
        for (method in type.methods) written(method)?.let { Parts.addTo(parts, it, fields.keys) }
        for (field in type.fields) {
            if (!Modifier.isStatic(field.modifiers) && field == fields[field.name]) parts.getOrPut(field.name, ::Parts).field = field
        }
        // Reflection has methods in no order at all, and fields mostly in that of the source.
        return parts
            .map { (name, found) -> Triple(name, found, Parts.backing(name, fields)) }
            .sortedWith(compareBy({ (_, _, field) -> order.indexOf(field?.name).let { if (it < 0) Int.MAX_VALUE else it } }, { it.first }))
            .mapNotNull { (name, found, field) -> found.property(name, field, type) }
    }

    /**
     * The method as the program wrote it; null for those that the compiler made. A public method of a parent that is not public itself is
     * made once more by the compiler in the public subclass, and reflection shows only that one.
     */
    private fun written(method: Method): Method? {
        if (!method.isBridge) return method.takeUnless { it.isSynthetic }
        if (method.declaringClass.declaredMethods.any { !it.isBridge && narrows(it, method) }) return null
        return generateSequence(method.declaringClass.superclass) { it.superclass }.firstNotNullOfOrNull { parent ->
            parent.declaredMethods.firstOrNull {
                !it.isBridge && narrows(it, method) && it.returnType == method.returnType &&
                    it.parameterTypes.contentEquals(method.parameterTypes)
            }
        }
    }

    private fun narrows(
        method: Method,
        bridge: Method,
    ): Boolean =
        method.name == bridge.name && method.parameterTypes.size == bridge.parameterTypes.size &&
            bridge.returnType.isAssignableFrom(method.returnType) &&
            bridge.parameterTypes.indices.all { bridge.parameterTypes[it].isAssignableFrom(method.parameterTypes[it]) }
}
