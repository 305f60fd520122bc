package io.hypha.rpc.jvm

/**
 * Leaves a property of a bean out: it is neither sent nor received. On its getter, its setter or its field; the keyword `transient` on the
 * field does the same. A component of a record cannot be left out, for the constructor needs all of them.
 */
@MustBeDocumented
@Target(AnnotationTarget.FUNCTION, AnnotationTarget.FIELD)
public annotation class RemoteIgnore
