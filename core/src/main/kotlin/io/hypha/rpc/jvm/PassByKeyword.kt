package io.hypha.rpc.jvm

/**
 * A proxy passes all arguments of the function, or of every function of the interface, by name (protocol §3.7), for Python functions with
 * keyword-only parameters. Not for functions of JavaScript classes or of minified code: their parameters have no names.
 *
 * It means nothing to an implementation, which takes arguments either way.
 */
@MustBeDocumented
@Target(AnnotationTarget.CLASS, AnnotationTarget.FUNCTION)
public annotation class PassByKeyword
