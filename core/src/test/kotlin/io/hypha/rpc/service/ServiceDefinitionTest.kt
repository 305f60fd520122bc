package io.hypha.rpc.service

import io.hypha.rpc.call.param
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import org.junit.jupiter.api.Test

/** What the definition of a service may and may not say (protocol §7.1, §7.2). */
class ServiceDefinitionTest {
    private fun problemOf(
        id: String = "s",
        build: ServiceBuilder.() -> Unit,
    ): String = shouldThrow<IllegalArgumentException> { service(id, build) }.message.orEmpty()

    @Test
    fun `an id holds none of the characters that stand between ids`() {
        for (id in listOf("a/b", "a:b", "a@b", "a.b", "a*", "*", "a b")) {
            withClue(id) {
                problemOf(id) {} shouldContain
                    "the service id '$id'"
            }
        }
        problemOf("") {} shouldBe "a service needs an id"
        for (id in listOf("a", "hello-world", "a_b", "A1", "größe")) service(id) {}.id shouldBe id
    }

    @Test
    fun `a type holds none of the characters of a query`() {
        for (mark in "/:@|") problemOf { type = "a${mark}b" } shouldContain "holds '$mark'"
        service("s") { type = "mcp-server" }.type shouldBe "mcp-server"
    }

    @Test
    fun `member names are single steps of a path and not those of the service itself`() {
        for (name in listOf("id", "name", "type", "description", "docs", "config", "app_id", "service_schema")) {
            problemOf { value(name, 1) } shouldContain "'$name' is taken by the service itself"
        }
        problemOf { function("a.b") { 1 } } shouldContain "use group(\"a\")"
        problemOf { function("_hidden") { 1 } } shouldContain "begins with '_'"
        problemOf { group("_hidden") {} } shouldContain "begins with '_'"
        problemOf { value("", 1) } shouldContain "needs a name"
    }

    @Test
    fun `inside of a group the names of the service itself are free`() {
        service("s") { group("user") { value("name", "John") } }.members["user"] shouldBe mapOf("name" to "John")
    }

    @Test
    fun `two members of one name are refused`() {
        problemOf {
            function("f") { 1 }
            value("f", 1)
        } shouldContain "two members are called 'f'"
        problemOf {
            group("g") {
                function("f") { 1 }
                function("f", param("a")) { a: Int -> a }
            }
        } shouldContain "two members are called 'f'"
        problemOf {
            group("g") {}
            group("g") {}
        } shouldContain "two members are called 'g'"
    }

    @Test
    fun `two parameters of one name are refused, and one without`() {
        problemOf { function("f", param("a"), param("a")) { a: Int, b: Int -> a + b } } shouldContain "two parameters of one name"
        problemOf { function("f", param(" ")) { a: Int -> a } } shouldBe "a parameter needs a name"
    }

    @Test
    fun `a description is as long as the server takes it`() {
        service("s") { description = "x".repeat(1024) }.description?.length shouldBe 1024
        problemOf { description = "x".repeat(1025) } shouldContain "at most 1024 characters"
    }

    @Test
    fun `workspaces are authorised for protected services only`() {
        service("s") { authorizedWorkspaces = listOf("a") }.config.authorizedWorkspaces shouldBe listOf("a")
        for (other in listOf(Visibility.Public, Visibility.Unlisted)) {
            val problem =
                problemOf {
                    visibility = other
                    authorizedWorkspaces = listOf("a")
                }
            problem shouldContain "authorizedWorkspaces is for protected services"
        }
    }

    @Test
    fun `what has a property of its own is no free config entry`() {
        for (key in listOf("visibility", "require_context", "authorized_workspaces", "workspace")) {
            problemOf { config(key, 1) } shouldContain "'$key'"
        }
    }
}
