package io.hypha.rpc.service

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import org.junit.jupiter.api.Test

/** Three words and no other (protocol §7.2). */
class VisibilityTest {
    @Test
    fun `a word on the wire stands for its visibility`() {
        Visibility.entries.associateWith { it.wireName } shouldBe
            mapOf(Visibility.Public to "public", Visibility.Protected to "protected", Visibility.Unlisted to "unlisted")
        for (visibility in Visibility.entries) Visibility.of(visibility.wireName) shouldBe visibility
    }

    @Test
    fun `any other word is refused with the choices`() {
        for (word in listOf("private", "Public", "PUBLIC", "hidden", "", " public", "public ")) {
            withClue(word) {
                shouldThrow<IllegalArgumentException> { Visibility.of(word) }.message shouldBe
                    "'$word' is no visibility; choose 'public', 'protected', 'unlisted'"
            }
        }
    }

    @Test
    fun `no other way leads into the config`() {
        for (key in listOf("visibility", "authorized_workspaces", "require_context", "workspace", "_local_only", "_rintf_allowed_caller")) {
            withClue(key) {
                shouldThrow<IllegalArgumentException> { service("s") { config(key, "private") } }.message shouldContain "'$key'"
            }
        }
        shouldThrow<IllegalArgumentException> { service("s") { value("config", mapOf("visibility" to "private")) } }
        shouldThrow<IllegalArgumentException> { service("s") { group("config") { value("visibility", "private") } } }
    }

    @Test
    fun `the ids of interface objects are no ids of services`() {
        shouldThrow<IllegalArgumentException> { service("_rintf_1") {} }.message shouldBe
            "the service id '_rintf_1' begins with '_rintf_'; such ids are those of interface objects"
    }
}
