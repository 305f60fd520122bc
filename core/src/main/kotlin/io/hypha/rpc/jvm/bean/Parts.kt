package io.hypha.rpc.jvm.bean

import io.hypha.rpc.jvm.RemoteName
import io.hypha.rpc.service.Description
import java.lang.reflect.Field
import java.lang.reflect.Method
import java.lang.reflect.Modifier

/** What makes up one property of a bean. */
internal class Parts {
    private val getters = ArrayList<Method>()
    private val setters = ArrayList<Method>()

    /** The public field of its name. */
    var field: Field? = null

    /** The property, unless it is left out; [backing] is the field that it most likely is about, public or not. */
    fun property(
        name: String,
        backing: Field?,
        bean: Class<*>,
    ): Property? {
        val getter = getters.reduceOrNull { known, other -> if (isBetter(other, known)) other else known }
        val setter = setters.firstOrNull { it.parameterTypes[0] == (getter?.returnType ?: field?.type) } ?: setters.singleOrNull()
        val isTransient = backing != null && Modifier.isTransient(backing.modifiers)
        if (isTransient || isIgnored(backing) || getters.any(::isIgnored) || setters.any(::isIgnored)) return null
        val all = listOfNotNull(getter, setter, backing)
        return Property(
            name = all.firstNotNullOfOrNull { find<RemoteName>(it) }?.value ?: name,
            javaName = name,
            // Of several setters none may be that of the getter.
            type = setter?.genericParameterTypes?.get(0) ?: field?.genericType ?: getter?.genericReturnType ?: return null,
            getter = getter?.opened(bean),
            setter = setter?.opened(bean),
            publicField = field?.opened(bean),
            description = all.firstNotNullOfOrNull { find<Description>(it) },
        )
    }

    /** A subclass may narrow the type of a getter; `isX` comes before `getX`, as `java.beans` has it. */
    private fun isBetter(
        getter: Method,
        known: Method,
    ): Boolean = if (getter.name == known.name) known.returnType.isAssignableFrom(getter.returnType) else getter.name.startsWith("is")

    companion object {
        /** Adds [method], which the program wrote, to the property that it gets or sets, if it does; [fields] are those of the bean. */
        fun addTo(
            parts: MutableMap<String, Parts>,
            method: Method,
            fields: Set<String>,
        ) {
            if (Modifier.isStatic(method.modifiers) || method.declaringClass == Any::class.java) return

            fun of(capitalized: String) = parts.getOrPut(nameOf(capitalized, fields), ::Parts)
            val name = method.name
            val result = method.returnType
            val isGetter = method.parameterTypes.isEmpty() && result != Void.TYPE
            when {
                isGetter && isAccessor(name, "get") -> of(name.substring(3)).getters += method
                isGetter && isAccessor(name, "is") && isBoolean(result) -> of(name.substring(2)).getters += method
                method.parameterTypes.size == 1 && isAccessor(name, "set") -> of(name.substring(3)).setters += method
            }
        }

        /** Some tools write `getxPosition`; `settle` sets nothing. */
        private fun isAccessor(
            name: String,
            prefix: String,
        ): Boolean {
            if (name.length <= prefix.length || !name.startsWith(prefix)) return false
            return !name[prefix.length].isLowerCase() || name.getOrNull(prefix.length + 1)?.isUpperCase() == true
        }

        private fun isBoolean(type: Class<*>) = type == Boolean::class.javaPrimitiveType || type == Boolean::class.javaObjectType

        /** `Name` is `name`, and `URL` stays `URL`, as `java.beans` has it; but `XPosition` is the field `xPosition` where there is one. */
        private fun nameOf(
            capitalized: String,
            fields: Set<String>,
        ): String {
            val plain = capitalized.replaceFirstChar(Char::lowercaseChar)
            return if (isAcronym(capitalized) && plain !in fields) capitalized else plain
        }

        private fun isAcronym(name: String) = name.length > 1 && name[0].isUpperCase() && name[1].isUpperCase()

        /** The field of a property: that of its name, `url` of `URL`, and `isReady` of `ready`. */
        fun backing(
            property: String,
            fields: Map<String, Field>,
        ): Field? {
            fields[property]?.let { return it }
            if (isAcronym(property)) return fields.values.firstOrNull { it.name.equals(property, ignoreCase = true) }
            return fields["is" + property.replaceFirstChar(Char::uppercaseChar)]?.takeIf { isBoolean(it.type) }
        }
    }
}
