package io.hypha.rpc.service

/**
 * Says what a parameter of a function in a service interface is for; see [Description]. They are two annotations, because one that fits a
 * parameter as well would, on a property in a constructor, describe the constructor's parameter, which nobody reads.
 */
@MustBeDocumented
@Target(AnnotationTarget.VALUE_PARAMETER)
public annotation class ParamDescription(
    val value: String,
)
