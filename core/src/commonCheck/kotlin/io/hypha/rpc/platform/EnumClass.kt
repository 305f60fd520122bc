package io.hypha.rpc.platform

import kotlin.reflect.KClass

internal expect fun declaringClass(value: Enum<*>): KClass<out Enum<*>>
