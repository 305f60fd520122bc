package io.hypha.rpc.jvm

import io.hypha.rpc.service.RemoteService
import kotlin.reflect.KClass
import kotlin.reflect.KType
import kotlin.reflect.typeOf

/**
 * This service as the Kotlin interface [T]: `val calc = server.getService("calc").proxy<Calculator>()`.
 *
 * What the interface may hold:
 * - `suspend fun add(a: Int, b: Int = 0): Int` is a call. The Kotlin compiler fills in defaults before the call.
 * - `fun count(n: Int): Flow<Int>` is a stream; the call is made for each collector. A suspending function may return a stream as well.
 * - Parameters and results of a function type, as in `suspend (Double) -> Unit`, are callbacks. Parameters may also be
 *   [RemoteFunction][io.hypha.rpc.call.RemoteFunction], [LocalFunction][io.hypha.rpc.call.LocalFunction] and [RemoteService].
 * - `val version: String` is a constant; it is read once, here.
 * - `val math: MathPart`, where `MathPart` is another such interface, is the group `math`. A constant or group whose type is nullable may
 *   be missing.
 * - Members with a body run here and may call the others. With [RemoteName] they are remote like those without.
 * - A parameter of the type [CallContext][io.hypha.rpc.call.CallContext] is for implementations; whatever is passed for it is not sent.
 *
 * Names are those of Kotlin, or those that [RemoteName] states; [PassByKeyword] sends arguments by name. Interfaces may extend others and
 * may have type parameters, all of which have to be bound: `proxy<Store<Int>>()`.
 *
 * Calls throw what those of [RemoteService.call] do, end when their coroutine is cancelled, and keep the timeout of
 * [RemoteService.withTimeout]. A proxy is equal to itself only. Safe for use from any thread.
 *
 * @throws IllegalArgumentException when the interface cannot describe a service, naming every member that stands in the way.
 * @throws io.hypha.rpc.MethodNotFoundException when the service lacks functions or constants, naming all of them; nothing was sent.
 * @throws io.hypha.rpc.EncodingException when a constant is of another type.
 */
public inline fun <reified T : Any> RemoteService.proxy(): T = proxyOf(this, typeOf<T>()) as T

/** This service as an interface without type parameters; see the other form. */
public fun <T : Any> RemoteService.proxy(type: KClass<T>): T {
    require(type.java.typeParameters.isEmpty()) { "${type.java.name} has type parameters; bind them, as in proxy<Store<Int>>()" }
    @Suppress("UNCHECKED_CAST") // The proxy implements the interface.
    return proxyOf(this, NamedType(type)) as T
}

@PublishedApi
internal fun proxyOf(
    service: RemoteService,
    type: KType,
): Any = ProxyFactory(service).make(InterfacePlans.of(type))
