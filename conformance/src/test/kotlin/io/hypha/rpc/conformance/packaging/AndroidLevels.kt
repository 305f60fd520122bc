package io.hypha.rpc.conformance.packaging

import com.tngtech.archunit.core.domain.JavaClass
import com.tngtech.archunit.core.domain.JavaCodeUnit

/** Which classes use something that Android got later than level 24. */
object AndroidLevels {
    val HEAD: List<String> = listOf("| class | members | needs | Android level |", "|---|---|---|---|")

    /** What may follow in the names of classes that came with one: of its package, nested, and `MethodHandles`. */
    private val PARTS = listOf(".", "$", "s")

    private val levels =
        mapOf(
            "java.time" to 26,
            // Those that run the body of a default method.
            "java.lang.invoke.MethodHandle" to 33,
            "java.lang.reflect.Parameter" to 26,
            "java.util.concurrent.Flow" to 30,
        )

    /** A row of the table for each of them that [type] uses. */
    fun rowsOf(type: JavaClass): List<String> = levels.mapNotNull { (newer, level) -> rowOf(type, newer, level) }

    private fun rowOf(
        type: JavaClass,
        newer: String,
        level: Int,
    ): String? {
        val isUsed = type.directDependenciesFromSelf.any { isNewer(it.targetClass, newer) }
        if (!isUsed) return null
        val isInHead =
            (
                type.fields.map { it.rawType } + type.rawInterfaces +
                    type.constructors.flatMap {
                        typesIn(
                            it,
                        )
                    }
            ).any { isNewer(it, newer) }
        val methods = type.methods.filter { method -> typesIn(method).any { isNewer(it, newer) } }.map { nameOf(it) }
        val members = if (isInHead || methods.isEmpty()) "all" else methods.distinct().sorted().joinToString { "`$it`" }
        return "| `${type.name.removePrefix("io.hypha.rpc.")}` | $members | `$newer` | $level |"
    }

    private fun isNewer(
        type: JavaClass,
        newer: String,
    ) = type.baseComponentType.name.let { it == newer || PARTS.any { part -> it.startsWith(newer + part) } }

    private fun typesIn(unit: JavaCodeUnit): List<JavaClass> =
        unit.rawParameterTypes + unit.rawReturnType + unit.accessesFromSelf.map { it.targetOwner }

    /** The method that a lambda stands in, for lambdas. */
    private fun nameOf(unit: JavaCodeUnit): String = unit.name.removePrefix("lambda$").substringBefore('$')
}
