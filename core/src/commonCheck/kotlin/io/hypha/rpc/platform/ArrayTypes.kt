package io.hypha.rpc.platform

import kotlin.reflect.KType

internal expect fun withBoxedElements(type: KType): KType
