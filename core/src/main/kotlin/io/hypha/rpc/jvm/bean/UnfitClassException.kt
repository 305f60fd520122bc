package io.hypha.rpc.jvm.bean

/**
 * Why a class is neither a record nor a bean that can travel; [reason] goes on from the name of the class.
 *
 * @property advice what to do, a sentence; null when the class has to become another one. Empty when the reason says it.
 */
internal class UnfitClassException(
    val reason: String,
    cause: Throwable? = null,
    val advice: String? = null,
) : Exception(reason, cause)
