package io.hypha.rpc

/**
 * Marks what the modules of this project share with each other and with authors of transports. It may change in any release;
 * applications have no need of it.
 */
@RequiresOptIn(level = RequiresOptIn.Level.ERROR, message = "Shared between the modules of Hypha RPC; not for applications.")
@Retention(AnnotationRetention.BINARY)
@Target(
    AnnotationTarget.CLASS,
    AnnotationTarget.FUNCTION,
    AnnotationTarget.PROPERTY,
    AnnotationTarget.CONSTRUCTOR,
    AnnotationTarget.TYPEALIAS,
)
public annotation class InternalHyphaApi
