package io.hypha.rpc.jvm

import java.lang.ref.SoftReference
import java.util.WeakHashMap
import kotlin.reflect.KClass
import kotlin.reflect.KType

/** The plans of the interfaces in use; one that is in use no more does not keep its class from being unloaded. */
internal object InterfacePlans {
    private val styles = listOf(SuspendingStyle, StreamingStyle)
    private val plans = WeakHashMap<Class<*>, SoftReference<MutableMap<List<KType?>, InterfacePlan>>>()

    /**
     * The plan of an interface.
     *
     * @throws IllegalArgumentException when it cannot describe a service; the message names every member that stands in the way.
     */
    fun of(type: KType): InterfacePlan {
        val classifier = requireNotNull(type.classifier as? KClass<*>) { "$type is no interface" }
        val found = classifier.java
        require(
            found.isInterface,
        ) { "${found.name} is a class; name the interface of the service, as in implement<Calculator>(MyCalculator())" }
        val arguments = type.arguments.map { it.type }
        synchronized(plans) {
            val known = plans[found]?.get() ?: HashMap<List<KType?>, InterfacePlan>().also { plans[found] = SoftReference(it) }
            return known.getOrPut(arguments) { InterfacePlan(InterfaceReader.read(found, arguments), styles) }
        }
    }
}
