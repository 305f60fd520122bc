package io.hypha.rpc.conformance.packaging

import java.lang.reflect.Constructor
import java.lang.reflect.Executable
import java.lang.reflect.Field
import java.lang.reflect.GenericArrayType
import java.lang.reflect.Member
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import java.lang.reflect.TypeVariable
import java.lang.reflect.WildcardType

/** What other programs see of compiled classes: signatures, with everything that is named in them. */
object Signatures {
    /** The public and protected members that a class declares itself, without those that only compilers see. */
    fun membersOf(type: Class<*>): List<Member> {
        val declared: List<Member> = listOf(*type.declaredMethods, *type.declaredConstructors, *type.declaredFields)
        return declared.filter { !it.isSynthetic && isVisible(it.modifiers) && !(Modifier.isFinal(type.modifiers) && isProtected(it)) }
    }

    /** Whether programs can name the type: it and all that it is nested in are public or protected. */
    fun isVisible(type: Class<*>): Boolean =
        generateSequence(type) { it.enclosingClass }.all { isVisible(it.modifiers) && !it.isAnonymousClass && !it.isLocalClass }

    /** The types in the head of a class: what it extends and implements, and the bounds of its parameters. */
    fun typesInHeadOf(type: Class<*>): Set<Class<*>> =
        typesIn(listOfNotNull(type.genericSuperclass) + type.genericInterfaces + type.typeParameters)

    /** The types in a signature, thrown ones and bounds of type parameters included. */
    fun typesIn(member: Member): Set<Class<*>> =
        when (member) {
            is Field -> typesIn(listOf(member.genericType))
            is Method -> typesIn(partsOf(member) + member.genericReturnType)
            is Constructor<*> -> typesIn(partsOf(member))
            else -> error("no member of a class: $member")
        }

    fun annotationsOf(member: Member): Set<Class<*>> =
        when (member) {
            is Field -> member.annotations.map { it.annotationClass.java }.toSet()
            is Executable -> (member.annotations + member.parameterAnnotations.flatten()).map { it.annotationClass.java }.toSet()
            else -> error("no member of a class: $member")
        }

    private fun partsOf(member: Executable): List<Type> =
        member.genericParameterTypes.toList() + member.genericExceptionTypes + member.typeParameters

    private fun typesIn(types: List<Type>): Set<Class<*>> = buildSet { types.forEach { addTypes(it, this, mutableSetOf()) } }

    private fun addTypes(
        type: Type,
        found: MutableSet<Class<*>>,
        seen: MutableSet<Type>,
    ) {
        if (!seen.add(type)) return
        val parts: List<Type> =
            when (type) {
                is Class<*> -> if (type.isArray) listOf(type.componentType) else listOf<Type>().also { found += type }
                is ParameterizedType -> type.actualTypeArguments.toList() + type.rawType
                is GenericArrayType -> listOf(type.genericComponentType)
                is WildcardType -> type.lowerBounds.toList() + type.upperBounds
                is TypeVariable<*> -> type.bounds.toList()
                else -> error("no type of Java: $type")
            }
        parts.forEach { addTypes(it, found, seen) }
    }

    private fun isVisible(modifiers: Int) = Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers)

    private fun isProtected(member: Member) = Modifier.isProtected(member.modifiers)
}
