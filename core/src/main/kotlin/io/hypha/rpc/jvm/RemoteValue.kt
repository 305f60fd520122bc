package io.hypha.rpc.jvm

/**
 * Says that instances of a record, a bean or an enum travel. To the library it makes no difference; R8 and ProGuard, which rename and
 * remove what seems unused, keep the class with its properties because of it.
 */
@MustBeDocumented
@Target(AnnotationTarget.CLASS)
public annotation class RemoteValue
