package io.hypha.rpc.jvm.bean

import io.hypha.rpc.service.Description
import java.lang.reflect.AccessibleObject
import java.lang.reflect.Field
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.lang.reflect.Type

/**
 * A component of a record, or a property of a bean.
 *
 * @property name its name on the wire.
 * @property javaName its name in Java, for messages.
 * @property type what it is received as, which may mention type variables of the class that declares it.
 * @property description what it is for, if somebody said so.
 */
internal class Property(
    val name: String,
    val javaName: String,
    val type: Type,
    private val getter: Method?,
    private val setter: Method? = null,
    private val publicField: Field? = null,
    val description: Description? = null,
) {
    /** Whether it has no null. */
    val isPrimitive: Boolean = type is Class<*> && type.isPrimitive

    val canBeRead: Boolean get() = getter != null || publicField != null

    val canBeSet: Boolean get() = setter != null || (publicField != null && !Modifier.isFinal(publicField.modifiers))

    fun get(instance: Any): Any? =
        if (getter ==
            null
        ) {
            publicField!!.get(instance)
        } else {
            userCode({ getter.toString() }) { getter.invoke(instance) }
        }

    fun set(
        instance: Any,
        value: Any?,
    ) {
        if (setter == null) publicField!!.set(instance, value) else userCode({ setter.toString() }) { setter.invoke(instance, value) }
    }
}

/**
 * Makes members usable wherever they are declared, and quicker.
 *
 * @throws UnfitClassException when the module of the class does not let us.
 */
internal fun <T : AccessibleObject> T.opened(type: Class<*>): T {
    try {
        isAccessible = true
    } catch (e: RuntimeException) {
        // An InaccessibleObjectException, which Android does not have, or that of a security manager.
        val reason = "its package is not open: put 'opens ${type.`package`?.name} to io.hypha.rpc.core;' into its module-info.java"
        throw UnfitClassException(reason, e, advice = "")
    }
    return this
}
