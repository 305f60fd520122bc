package io.hypha.rpc.jvm.bean

import java.lang.ref.SoftReference
import java.util.WeakHashMap

/** The models of the classes in use; one that is in use no more does not keep its class from being unloaded. */
internal object ClassModels {
    // Android has no ClassValue below API level 34.
    private val models = WeakHashMap<Class<*>, SoftReference<ClassModel>>()

    /**
     * The model of a record or a bean.
     *
     * @throws UnfitClassException for any other class.
     */
    fun of(type: Class<*>): ClassModel {
        synchronized(models) { models[type]?.get() }?.let { return it }
        val model = if (Records.isRecord(type)) Records.read(type) else Beans.read(type)
        synchronized(models) { models[type] = SoftReference(model) }
        return model
    }

    /** Properties by their names on the wire, each of which may be there once. */
    fun distinct(properties: List<Property>): List<Property> {
        val twice = properties.groupBy { it.name }.values.firstOrNull { it.size > 1 }
        if (twice != null) {
            val names = twice.joinToString(" and ") { it.javaName }
            throw UnfitClassException("its properties $names have the same name '${twice[0].name}': give one of them another @RemoteName")
        }
        return properties
    }
}
