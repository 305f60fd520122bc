package io.hypha.rpc.service

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SerialInfo

/**
 * Says what something is for, to people and to language models: a service interface or a function of it, a class that is sent, or a
 * property of it (in Java a component of a record, or the getter, setter or field of a bean). It becomes the `description` of a schema (protocol §4.7). Parameters of a function have [ParamDescription].
 */
@OptIn(ExperimentalSerializationApi::class)
@SerialInfo
@MustBeDocumented
@Target(AnnotationTarget.CLASS, AnnotationTarget.PROPERTY, AnnotationTarget.FUNCTION, AnnotationTarget.FIELD)
public annotation class Description(
    val value: String,
)
