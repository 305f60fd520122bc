package io.hypha.rpc.jvm.bean

/** Why a class is neither a record nor a bean that can travel; [reason] goes on from the name of the class. */
internal class UnfitClassException(
    val reason: String,
    cause: Throwable? = null,
) : Exception(reason, cause)
