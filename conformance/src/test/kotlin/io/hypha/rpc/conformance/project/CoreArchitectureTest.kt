package io.hypha.rpc.conformance.project

import com.tngtech.archunit.core.domain.JavaClass
import com.tngtech.archunit.core.domain.JavaClasses
import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/**
 * The packages of `core` and what each may use. Dependencies point one way; a package that is not listed has no place yet, and
 * the test asks for one.
 */
private val mayUse: Map<String, Set<String>> =
    buildMap {
        put("platform", setOf())
        put("metrics", setOf("platform"))
        put("wire", setOf("platform"))
        put("value", setOf("wire", "platform"))
        put("transport", setOf("wire", "platform"))
        put("call", setOf("transport", "value", "wire", "metrics", "platform"))
        put("service", setOf("call", "value", "wire", "platform"))
        put("connection", setOf("transport", "wire", "metrics", "platform"))
        put("client", setOf("connection", "transport", "service", "call", "value", "wire", "metrics", "platform"))
        // The bridges to the JVM stand on top: they may use everything, and nothing uses them.
        put("jvm", keys.toSet())
    }

/**
 * What compiles to `java.*` although common Kotlin wrote it: the language itself, and the collections, atomics and exceptions that
 * are Java's own on the JVM.
 */
private val compiledFromKotlin =
    listOf(
        """java[.]lang[.].*|java[.]io[.]Serializable""",
        """java[.]util[.](|Array|Hash|LinkedHash|Abstract)(List|Map|Set|Collection)([$]Entry)?""",
        """java[.]util[.](Arrays|Collections|Comparator|Iterator|ListIterator|Locale|RandomAccess)""",
        // The stubs that the compiler puts into a class that is a Map.
        """java[.]util[.]function[.](Bi)?Function""",
        """java[.]util[.]concurrent[.]atomic[.].*""",
        """java[.]util[.](concurrent[.]Cancellation|ConcurrentModification|NoSuchElement)Exception""",
    ).joinToString("|").toRegex()

class CoreArchitectureTest :
    FunSpec({
        val core = ClassFileImporter().importPath(Project.classesOf("core").toPath())

        test("every package of core has its place in the order") {
            (core.map { room(it) }.toSet() - mayUse.keys) shouldBe setOf("")
        }

        test("the packages of core form no cycle") {
            slices()
                .matching("$ROOT.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(core)
        }

        mayUse.forEach { (room, allowed) ->
            test("$room uses only ${(allowed + "the root package").joinToString()}") {
                val forbidden = (mayUse.keys - allowed - room).map { "$ROOT.$it.." }.toTypedArray()
                noClasses()
                    .that()
                    .resideInAPackage("$ROOT.$room..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(*forbidden)
                    .allowEmptyShould(true)
                    .check(core)
            }
        }

        test("the root package uses none of the others") {
            val others = mayUse.keys.map { "$ROOT.$it.." }.toTypedArray()
            noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(*others)
                .check(core)
        }

        test("only platform and jvm use Java's library") {
            usesOfJava(core).joinToString("\n") shouldBe ""
        }
    })

private const val ROOT = "io.hypha.rpc"

/** The first part of the package below the root one; empty for the root package. */
private fun room(type: JavaClass): String =
    type.packageName
        .removePrefix(ROOT)
        .removePrefix(".")
        .substringBefore('.')

private fun usesOfJava(core: JavaClasses): List<String> =
    core
        .filter { room(it) !in setOf("platform", "jvm") }
        .flatMap { it.directDependenciesFromSelf }
        .filter {
            it.targetClass.baseComponentType.name
                .startsWith("java.")
        }.filterNot { compiledFromKotlin.matches(it.targetClass.baseComponentType.name) }
        .map { it.description }
        .distinct()
