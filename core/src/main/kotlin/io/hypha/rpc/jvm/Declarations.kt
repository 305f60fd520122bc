package io.hypha.rpc.jvm

import java.lang.reflect.Method
import kotlin.reflect.KType

/**
 * What an interface declares, with its supertypes.
 *
 * @property functions those that are called remotely.
 * @property properties those that are remote: constants and groups.
 * @property local the methods that run where they are called, each with the one that holds the body.
 * @property problems why it can be no service, each a sentence about one member.
 */
internal class DeclaredInterface(
    val type: Class<*>,
    val description: String?,
    val functions: List<DeclaredFunction>,
    val properties: List<DeclaredProperty>,
    val local: Map<Method, Method>,
    val problems: List<String>,
)

/**
 * A remote function of an interface.
 *
 * @property name its name in Kotlin.
 * @property entries the methods through which callers reach it; the first is that of the most specific declaration.
 * @property defaults what computes the defaults of its parameters; null when none has one.
 */
internal class DeclaredFunction(
    val name: String,
    val remoteName: String,
    val description: String?,
    val isByKeyword: Boolean,
    val isSuspending: Boolean,
    val parameters: List<DeclaredParameter>,
    val result: KType,
    val entries: List<MethodEntry>,
    val defaults: DefaultArguments?,
)

internal class DeclaredParameter(
    val remoteName: String,
    val description: String?,
    val type: KType,
    val hasDefault: Boolean,
)

/** A remote property of an interface; [getter] is that of the most specific declaration. */
internal class DeclaredProperty(
    val remoteName: String,
    val type: KType,
    val getter: MethodEntry,
    val entries: List<MethodEntry>,
)
