package io.hypha.rpc.jvm.bean

import java.lang.reflect.GenericArrayType
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import java.lang.reflect.TypeVariable
import java.lang.reflect.WildcardType
import java.util.Objects
import java.lang.reflect.Array as Arrays

/** What the type variables of a class and of its ancestors stand for. */
internal class TypeVariables private constructor(
    private val known: Map<TypeVariable<*>, Type>,
) {
    /** [type] without type variables. */
    fun resolve(type: Type): Type =
        when (type) {
            is TypeVariable<*> -> known[type] ?: rawClass(type.bounds[0])
            is ParameterizedType -> BoundType(rawClass(type), type.ownerType, type.actualTypeArguments.map(::resolve))
            is GenericArrayType -> arrayOf(resolve(type.genericComponentType))
            is WildcardType -> resolve(type.lowerBounds.firstOrNull() ?: type.upperBounds[0])
            else -> type
        }

    private fun arrayOf(component: Type): Type =
        if (component is Class<*>) Arrays.newInstance(component, 0).javaClass else BoundArrayType(component)

    companion object {
        /** Those of [type], a class or a class with type arguments. */
        fun of(type: Type): TypeVariables {
            val known = HashMap<TypeVariable<*>, Type>()
            bind(type, known)
            return TypeVariables(known)
        }

        private fun bind(
            type: Type,
            known: MutableMap<TypeVariable<*>, Type>,
        ) {
            val raw = rawClass(type)
            if (type is ParameterizedType) {
                val variables = TypeVariables(HashMap(known))
                raw.typeParameters.forEachIndexed {
                    index,
                    variable,
                    ->
                    known[variable] = variables.resolve(type.actualTypeArguments[index])
                }
            }
            raw.genericSuperclass?.let { bind(it, known) }
            raw.genericInterfaces.forEach { bind(it, known) }
        }
    }
}

/** The class of [type] without its arguments. */
internal fun rawClass(type: Type): Class<*> =
    when (type) {
        is Class<*> -> type
        is ParameterizedType -> rawClass(type.rawType)
        is GenericArrayType -> Arrays.newInstance(rawClass(type.genericComponentType), 0).javaClass
        is WildcardType -> rawClass(type.upperBounds[0])
        is TypeVariable<*> -> rawClass(type.bounds[0])
        else -> Any::class.java
    }

/** Whether [type] mentions at most [limit] types, itself included. */
internal fun isOfSize(
    type: Type,
    limit: Int,
): Boolean = rest(type, limit) >= 0

private fun rest(
    type: Type,
    limit: Int,
): Int {
    if (limit <= 0) return -1
    return when (type) {
        is ParameterizedType -> type.actualTypeArguments.fold(limit - 1) { left, argument -> if (left < 0) left else rest(argument, left) }
        is GenericArrayType -> rest(type.genericComponentType, limit - 1)
        is Class<*> -> type.componentType?.let { rest(it, limit - 1) } ?: (limit - 1)
        else -> limit - 1
    }
}

/** A class with arguments, equal to those that the JDK makes. */
private class BoundType(
    private val raw: Class<*>,
    private val owner: Type?,
    private val arguments: List<Type>,
) : ParameterizedType {
    override fun getRawType(): Type = raw

    override fun getOwnerType(): Type? = owner

    override fun getActualTypeArguments(): Array<Type> = arguments.toTypedArray()

    override fun equals(other: Any?): Boolean =
        other is ParameterizedType && other.rawType == raw && other.ownerType == owner && other.actualTypeArguments.asList() == arguments

    override fun hashCode(): Int = arguments.hashCode() xor Objects.hashCode(owner) xor raw.hashCode()

    override fun toString(): String = raw.name + arguments.joinToString(", ", "<", ">") { if (it is Class<*>) it.name else it.toString() }
}

/** An array of a type with arguments. */
private class BoundArrayType(
    private val component: Type,
) : GenericArrayType {
    override fun getGenericComponentType(): Type = component

    override fun equals(other: Any?): Boolean = other is GenericArrayType && other.genericComponentType == component

    override fun hashCode(): Int = component.hashCode()

    override fun toString(): String = "$component[]"
}
