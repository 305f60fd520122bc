package io.hypha.rpc.conformance.packaging

import io.hypha.rpc.HyphaException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.conformance.project.Project
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.java.RemoteStream
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.lang.reflect.Member

/** Java programs need no knowledge of Kotlin: neither for the module for Java, nor for the types of the other modules that it hands out. */
class JavaSignaturesTest :
    FunSpec({
        val own = ExportedTypes.of(Libraries.java)
        val exceptions =
            ExportedTypes.of(Libraries.locationOf(HyphaException::class.java)).filter {
                HyphaException::class.java.isAssignableFrom(it)
            }
        val shared = SharedTypes.reachableFrom(own + exceptions + HyphaHub::class.java)

        test("no signature of the module for Java names a type of Kotlin or of Ktor") {
            own.map { it.simpleName } shouldContainAll listOf("Hypha", "HyphaClient", "HyphaAsyncClient", "TypeRef")
            val found = own.flatMap { foreignHead(it) + foreignMembers(it) }
            found.joinToString("\n") shouldBe ""
        }

        test("types of Kotlin would be seen, in heads, in signatures and in names") {
            foreignMembers(HyphaConnection::class.java).joinToString() shouldContain "Continuation"
            foreignMembers(HyphaHub::class.java).joinToString() shouldContain "createToken-"
            foreignHead(HyphaConnection::class.java).joinToString() shouldContain "kotlin.Metadata"
        }

        test("closing anything declares no exception") {
            val closing = (own + shared).filter { AutoCloseable::class.java.isAssignableFrom(it) }.map { it.getMethod("close") }
            closing.map { it.declaringClass } shouldContain RemoteStream::class.java
            closing.filter { it.exceptionTypes.isNotEmpty() }.joinToString() shouldBe ""
        }

        test("no signature of the module for Java names a type that Java programs have another one for") {
            val counterparts = shared.filter { it.name in COUNTERPARTS }.map { "${it.name}: Java programs have ${COUNTERPARTS[it.name]}" }
            counterparts.joinToString("\n") shouldBe ""
        }

        test("what Java programs cannot use of the types that they get from other modules is listed") {
            val unusable = shared.flatMap { type -> unusableMembers(type) }.sorted().joinToString("\n")
            val record = Project.root.resolve("java-interop/api/kotlin-only.txt")
            val recorded = record.readLines().filterNot { it.startsWith("#") || it.isBlank() }
            withClue("Give Java a way to it, or, when Java does not need it, add it to ${Project.pathOf(record)}") {
                unusable shouldBe recorded.joinToString("\n")
            }
        }
    })

/** Types of the Kotlin API, and what stands for them in Java. */
private val COUNTERPARTS =
    mapOf(
        "io.hypha.rpc.client.HyphaConnection" to "HyphaClient",
        "io.hypha.rpc.service.RemoteService" to "HyphaService",
        "io.hypha.rpc.call.RemoteFunction" to "HyphaFunction",
        "io.hypha.rpc.call.LocalFunction" to "Callback",
        "io.hypha.rpc.call.Parameter" to "Param",
        "io.hypha.rpc.service.Service" to "ServiceDefinition",
        "io.hypha.rpc.service.ServiceBuilder" to "ServiceDefinitionBuilder",
        "io.hypha.rpc.ktor.ConnectOptions" to "HyphaClientBuilder",
    )

private fun foreignHead(type: Class<*>): List<String> {
    val named = Signatures.typesInHeadOf(type) + type.annotations.map { it.annotationClass.java }
    return named.filter { KotlinInJava.isForeign(it) }.map { "${type.name}: ${it.name}" }
}

private fun foreignMembers(type: Class<*>): List<String> =
    Signatures
        .membersOf(type)
        .filter { member -> KotlinInJava.isForeign(member) || Signatures.annotationsOf(member).any { KotlinInJava.isForeign(it) } }
        .map { it.toString() }

private fun unusableMembers(type: Class<*>): List<String> =
    Signatures.membersOf(type).filter { KotlinInJava.isForeign(it) && !SharedTypes.isOfTheLanguage(it) }.map { describe(type, it) }

private fun describe(
    type: Class<*>,
    member: Member,
): String {
    val types = Signatures.typesIn(member).filter { KotlinInJava.isForeign(it) }.map { it.simpleName }
    return "${type.name}: ${member.name.substringAfterLast('.')}" + if (types.isEmpty()) "" else " (${types.sorted().joinToString()})"
}
