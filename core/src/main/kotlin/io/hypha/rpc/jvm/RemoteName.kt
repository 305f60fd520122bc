package io.hypha.rpc.jvm

/**
 * The name that a member of a service interface, or a parameter of one, has on the wire; without it that is its name in the program. In Java
 * it is also that of a component of a record, of a property of a bean (on its getter, setter or field), or of an enum constant.
 *
 * On a member with a body it also says that the member belongs to the service: other members with bodies run where they are called.
 *
 * @property value the name, without dots. Nested names are properties whose type is an interface.
 */
@MustBeDocumented
@Target(AnnotationTarget.FUNCTION, AnnotationTarget.PROPERTY, AnnotationTarget.VALUE_PARAMETER, AnnotationTarget.FIELD)
public annotation class RemoteName(
    val value: String,
)
