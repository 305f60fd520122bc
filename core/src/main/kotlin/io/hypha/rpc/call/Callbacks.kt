package io.hypha.rpc.call

import io.hypha.rpc.value.shape

// A lambda keeps neither the names nor the types of its parameters, so callbacks state their types here. One overload per number
// of parameters: write the parameters out, as in `callback { done: Int, total: Int -> … }`. A lambda without parameters would fit the
// overload of one parameter as well, so that one has a name of its own.

/** A function without parameters that can be passed as an argument; it can be called until the call that it was passed to ends. */
public inline fun <reified R> callback0(noinline handler: suspend CallScope.() -> R): LocalFunction =
    LocalFunction("callback", null, emptyList(), shape<R>()) { handler() }

/** A function of one parameter that can be passed as an argument; it can be called until the call that it was passed to ends. */
public inline fun <reified A, reified R> callback(noinline handler: suspend CallScope.(A) -> R): LocalFunction =
    LocalFunction("callback", null, listOf(anonymous<A>(0)), shape<R>()) { handler(it[0] as A) }

/** A function of two parameters that can be passed as an argument; it can be called until the call that it was passed to ends. */
public inline fun <reified A, reified B, reified R> callback(noinline handler: suspend CallScope.(A, B) -> R): LocalFunction =
    LocalFunction("callback", null, listOf(anonymous<A>(0), anonymous<B>(1)), shape<R>()) { handler(it[0] as A, it[1] as B) }

/** A function of three parameters that can be passed as an argument; it can be called until the call that it was passed to ends. */
public inline fun <reified A, reified B, reified C, reified R> callback(
    noinline handler: suspend CallScope.(A, B, C) -> R,
): LocalFunction =
    LocalFunction("callback", null, listOf(anonymous<A>(0), anonymous<B>(1), anonymous<C>(2)), shape<R>()) {
        handler(it[0] as A, it[1] as B, it[2] as C)
    }

@PublishedApi
internal inline fun <reified T> anonymous(index: Int): Parameter = param("arg$index").typed(shape<T>())
