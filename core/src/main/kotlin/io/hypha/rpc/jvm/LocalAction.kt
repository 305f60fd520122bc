package io.hypha.rpc.jvm

import java.lang.invoke.MethodHandle
import java.lang.invoke.MethodHandles
import java.lang.reflect.Method
import kotlin.coroutines.Continuation

/** Runs the body of a member of an interface, on a proxy of that interface. */
internal object LocalAction {
    /**
     * The action of [method]. On Android before API level 33 the bodies can be reached only where the compiler also put them into a class of
     * their own, which is `-jvm-default=enable` (Kotlin's default) or `@JvmDefaultWithCompatibility`.
     */
    fun of(method: Method): ProxyAction {
        val owner = method.declaringClass
        val body =
            bodiesOf(owner)?.declaredMethods?.firstOrNull {
                it.name == method.name &&
                    it.parameterTypes.toList() == listOf(owner) + method.parameterTypes
            }
        val run: (Any, Array<Any?>) -> Any? =
            if (body != null) {
                body.opened()
                ({ proxy, arguments -> body.call(null, arrayOf(proxy, *arguments)) })
            } else {
                val handle = BodyHandles.of(method)
                ({ proxy, arguments -> BodyHandles.call(handle, proxy, arguments) })
            }
        return if (isSuspending(method)) suspendingAction(run) else ProxyAction { proxy, arguments -> run(proxy, arguments) }
    }

    private fun isSuspending(method: Method) = method.parameterTypes.lastOrNull() == Continuation::class.java

    @Suppress("UNCHECKED_CAST") // The compiler passes the continuation of the caller last.
    private fun suspendingAction(run: (Any, Array<Any?>) -> Any?) =
        ProxyAction { proxy, arguments -> failingLate(arguments.last() as Continuation<Any?>) { run(proxy, arguments) } }
}

/** The bodies of default methods, which only method handles can call without calling the proxy again. */
@BeyondAndroid24
private object BodyHandles {
    fun of(method: Method): Any =
        try {
            MethodHandles
                .privateLookupIn(
                    method.declaringClass,
                    MethodHandles.lookup(),
                ).unreflectSpecial(method, method.declaringClass)
                .asFixedArity()
        } catch (e: LinkageError) {
            throw unreachable(method, e)
        } catch (e: IllegalAccessException) {
            throw unreachable(method, e)
        }

    fun call(
        handle: Any,
        proxy: Any,
        arguments: Array<Any?>,
    ): Any? = (handle as MethodHandle).invokeWithArguments(listOf(proxy, *arguments))

    private fun unreachable(
        method: Method,
        cause: Throwable,
    ) = IllegalArgumentException(
        "the body of ${method.declaringClass.name}.${method.name} cannot be reached here: annotate the interface with " +
            "@JvmDefaultWithCompatibility, or open its package to the module io.hypha.rpc.core",
        cause,
    )
}

/** Uses what Android has from a later API level on; whoever calls it deals with the lack of it. */
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.CLASS)
internal annotation class BeyondAndroid24
