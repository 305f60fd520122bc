package io.hypha.rpc.conformance.packaging

import java.lang.reflect.Member

/** The types of our other modules that Java programs meet. */
object SharedTypes {
    /** All of them that programs reach from [roots] by members that Java can use. */
    fun reachableFrom(roots: List<Class<*>>): Set<Class<*>> {
        val waiting = ArrayDeque(roots)
        val seen = roots.toMutableSet()
        while (waiting.isNotEmpty()) {
            val type = waiting.removeFirst()
            val usable = Signatures.membersOf(type).filterNot { KotlinInJava.isForeign(it) || isOfTheLanguage(it) }
            val named = Signatures.typesInHeadOf(type) + usable.flatMap { Signatures.typesIn(it) }
            waiting += named.filter { isOurs(it) && seen.add(it) }
        }
        return seen.filterNot { it.name.startsWith(JAVA) }.toSet()
    }

    /** What the Kotlin compiler adds to every enum and companion; Java has the same by other names. */
    fun isOfTheLanguage(member: Member): Boolean = member.name in setOf("getEntries", "Companion", "\$serializer")

    private fun isOurs(type: Class<*>) = type.name.startsWith("io.hypha.rpc.")

    private const val JAVA = "io.hypha.rpc.java."
}
