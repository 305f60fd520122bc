package io.hypha.rpc.jvm.bean

import io.hypha.rpc.jvm.RemoteName
import io.hypha.rpc.service.Description
import java.lang.reflect.Field
import java.lang.reflect.Method
import java.lang.reflect.Modifier

/** What makes up one property of a bean. */
internal class Parts {
    private var getter: Method? = null
    private val setters = ArrayList<Method>()

    /** The public field of its name. */
    var field: Field? = null

    /** The property, unless it is left out; [backing] is the field of its name, public or not. */
    fun property(
        name: String,
        backing: Field?,
        bean: Class<*>,
    ): Property? {
        val setter = setters.firstOrNull { it.parameterTypes[0] == (getter?.returnType ?: field?.type) } ?: setters.singleOrNull()
        val all = listOfNotNull(getter, setter, backing)
        val isTransient = backing != null && Modifier.isTransient(backing.modifiers)
        if (isTransient || all.any(::isIgnored)) return null
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

    private fun add(getter: Method) {
        // A subclass may narrow the type of a getter.
        val known = this.getter
        if (known == null || known.returnType.isAssignableFrom(getter.returnType)) this.getter = getter
    }

    companion object {
        /** Adds [method] to the property that it gets or sets, if it does. */
        fun addTo(
            parts: MutableMap<String, Parts>,
            method: Method,
        ) {
            if (Modifier.isStatic(method.modifiers) || method.isBridge || method.isSynthetic ||
                method.declaringClass == Any::class.java
            ) {
                return
            }
            val name = method.name
            val result = method.returnType
            val isGetter = method.parameterTypes.isEmpty() && result != Void.TYPE
            when {
                isGetter && isAccessor(name, "get") -> parts.of(name.substring(3)).add(method)
                isGetter && isAccessor(name, "is") && isBoolean(result) -> parts.of(name.substring(2)).add(method)
                method.parameterTypes.size == 1 && isAccessor(name, "set") -> parts.of(name.substring(3)).setters += method
            }
        }

        private fun isAccessor(
            name: String,
            prefix: String,
        ) = name.length > prefix.length && name.startsWith(prefix) && !name[prefix.length].isLowerCase()

        private fun isBoolean(type: Class<*>) = type == Boolean::class.javaPrimitiveType || type == Boolean::class.javaObjectType

        /** `Name` is `name`, and `URL` stays `URL`, as `java.beans` has it. */
        private fun MutableMap<String, Parts>.of(capitalized: String): Parts {
            val isAcronym = capitalized.length > 1 && capitalized[0].isUpperCase() && capitalized[1].isUpperCase()
            return getOrPut(if (isAcronym) capitalized else capitalized.replaceFirstChar(Char::lowercaseChar), ::Parts)
        }
    }
}
