package io.hypha.rpc.jvm.bean

import java.lang.reflect.Constructor

/**
 * What a record or a bean consists of, as its class says; the types of its properties may mention the type variables of the class.
 *
 * @property type the class.
 * @property written the properties that are sent.
 * @property read those that are received: all components of a record in their order, and those of a bean that can be set.
 * @property isRecord whether the constructor takes all that is [read]; that of a bean takes nothing.
 */
internal class ClassModel(
    val type: Class<*>,
    val written: List<Property>,
    val read: List<Property>,
    val isRecord: Boolean,
    private val constructor: Constructor<*>,
) {
    /** An instance; [arguments] are those of a record's constructor. */
    fun make(vararg arguments: Any?): Any = userCode({ "The constructor of ${type.name}" }) { constructor.newInstance(*arguments) }
}
