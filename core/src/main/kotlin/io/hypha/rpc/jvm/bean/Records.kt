package io.hypha.rpc.jvm.bean

import io.hypha.rpc.jvm.RemoteIgnore
import io.hypha.rpc.jvm.RemoteName
import io.hypha.rpc.service.Description
import java.lang.reflect.AnnotatedElement
import java.lang.reflect.Method
import java.lang.reflect.Type

/** Records, which are found by reflection alone: this library runs where there are none, on Java 11 and older Androids. */
internal object Records {
    /** Null where there are no records. */
    private val components: Method? =
        try {
            Class::class.java.getMethod("getRecordComponents")
        } catch (_: NoSuchMethodException) {
            null
        }

    private val component = components?.returnType?.componentType
    private val name = component?.getMethod("getName")
    private val type = component?.getMethod("getType")
    private val genericType = component?.getMethod("getGenericType")
    private val accessor = component?.getMethod("getAccessor")

    fun isRecord(type: Class<*>): Boolean = components != null && type.superclass?.name == "java.lang.Record"

    fun read(record: Class<*>): ClassModel {
        @Suppress("UNCHECKED_CAST") // RecordComponent[], which nothing here can name.
        val parts = components!!.invoke(record) as Array<Any>
        val constructor = record.getDeclaredConstructor(*Array(parts.size) { type!!.invoke(parts[it]) as Class<*> }).opened(record)
        // The compiler copies annotations of a component to its accessor, unless that was written out, and to the parameter.
        val parameters = constructor.parameterAnnotations
        val properties =
            parts.mapIndexed { index, part ->
                val accessor = accessor!!.invoke(part) as Method
                val javaName = name!!.invoke(part) as String
                if (isIgnored(accessor)) {
                    throw UnfitClassException("its component $javaName is left out by @RemoteIgnore, but the constructor needs it")
                }
                Property(
                    name = (find<RemoteName>(accessor) ?: find<RemoteName>(parameters.getOrNull(index)))?.value ?: javaName,
                    javaName = javaName,
                    type = genericType!!.invoke(part) as Type,
                    getter = accessor.opened(record),
                    description = find<Description>(accessor),
                )
            }
        return ClassModel(record, ClassModels.distinct(properties), properties, isRecord = true, constructor)
    }

    private inline fun <reified T : Annotation> find(annotations: Array<Annotation>?): T? = annotations?.firstNotNullOfOrNull { it as? T }
}

internal inline fun <reified T : Annotation> find(element: AnnotatedElement?): T? = element?.getAnnotation(T::class.java)

internal fun isIgnored(element: AnnotatedElement?): Boolean = find<RemoteIgnore>(element) != null
