package io.hypha.rpc.conformance.packaging

import java.lang.reflect.Member

/** Whether a signature asks a Java program to know Kotlin, or what this library uses below. */
object KotlinInJava {
    private val foreign = listOf("kotlin.", "kotlinx.", "io.ktor.")

    fun isForeign(type: Class<*>): Boolean = foreign.any { type.name.startsWith(it) }

    /** The names of parameters of value classes are mangled with a dash, which no Java program can write. */
    fun isForeign(member: Member): Boolean = '-' in member.name || Signatures.typesIn(member).any { isForeign(it) }
}
