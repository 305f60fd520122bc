package io.hypha.rpc.service

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SerialInfo

/**
 * Says what something is for, to people and to language models: a function or a parameter of a service interface, a class that is sent,
 * or a property of it. It becomes the `description` of a schema (protocol §4.7).
 */
@OptIn(ExperimentalSerializationApi::class)
@SerialInfo
@MustBeDocumented
@Target(AnnotationTarget.CLASS, AnnotationTarget.PROPERTY, AnnotationTarget.FUNCTION, AnnotationTarget.VALUE_PARAMETER)
public annotation class Description(
    val value: String,
)
