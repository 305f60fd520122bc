package io.hypha.rpc.jvm

/**
 * Says that instances of a record, a bean or an enum travel. To the library it makes no difference; R8 and ProGuard, which rename and
 * remove what seems unused, keep the class with its properties because of it.
 * The parent of a bean needs it as well.
 */
@MustBeDocumented
@Target(AnnotationTarget.CLASS)
public annotation class RemoteValue
