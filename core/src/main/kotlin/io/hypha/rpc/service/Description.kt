package io.hypha.rpc.service

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SerialInfo

/**
 * Says what something is for, to people and to language models: a function or a parameter of a service interface, a class that is sent,
 * or a property of it. It becomes the `description` of a schema (protocol §4.7).
 *
 * A property that is declared in a constructor is described by `@property:Description("…") val x: Int`: the plain form would describe the
 * parameter of the constructor, which nobody reads; the compiler warns of it.
 */
@OptIn(ExperimentalSerializationApi::class)
@SerialInfo
@MustBeDocumented
@Target(AnnotationTarget.CLASS, AnnotationTarget.PROPERTY, AnnotationTarget.FUNCTION, AnnotationTarget.VALUE_PARAMETER)
public annotation class Description(
    val value: String,
)
