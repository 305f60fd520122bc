package io.hypha.rpc.jvm

import io.hypha.rpc.service.MembersBuilder
import io.hypha.rpc.service.ServiceBuilder
import kotlin.reflect.KType
import kotlin.reflect.typeOf

/**
 * Adds the members of the Kotlin interface [T], served by [implementation]: `registerService("calc") { implement<Calculator>(MyCalculator()) }`.
 * Name the interface; other members may stand beside those of one or several interfaces, also in a `group`.
 *
 * Which members an interface may have, and under which names, is said at [proxy]; an implementation moreover:
 * - computes the defaults of its parameters itself: callers may leave them out, or pass nil for one that cannot be null;
 * - gets, in a parameter of the type [CallContext][io.hypha.rpc.call.CallContext], who calls; no caller can pass that one. Give it a default,
 *   as in `caller: CallContext? = null`, when the interface is also used by callers;
 * - receives functions as suspending function types or as [RemoteFunction][io.hypha.rpc.call.RemoteFunction];
 * - is asked for its constants and groups here, once; a nullable group that is null is left out.
 *
 * Its functions run side by side, where other handlers of the service run, and are cancelled when their caller gives up. What they throw
 * arrives as it does from other handlers. The description of an interface ([Description][io.hypha.rpc.service.Description]) becomes that of
 * a service without one.
 *
 * @throws IllegalArgumentException when the interface cannot describe a service, naming every member that stands in the way.
 */
public inline fun <reified T : Any> MembersBuilder.implement(implementation: T) {
    implementAs(typeOf<T>(), implementation)
}

@PublishedApi
internal fun MembersBuilder.implementAs(
    type: KType,
    implementation: Any,
) {
    val plan = InterfacePlans.of(type)
    if (this is ServiceBuilder && description == null) description = plan.description
    Implementation(plan, implementation).addTo(this)
}
