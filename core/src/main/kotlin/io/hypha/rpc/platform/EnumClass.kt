package io.hypha.rpc.platform

import kotlin.reflect.KClass

/** The enum class that [value] is an entry of, even when the entry has a body and thus a class of its own. */
internal fun declaringClass(value: Enum<*>): KClass<out Enum<*>> = value.declaringJavaClass.kotlin
