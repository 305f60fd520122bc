package io.hypha.rpc.connection

import io.hypha.rpc.testing.jwtOf
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test

class TokenExpiryTest {
    @Test
    fun `the end of a token is its claim exp`() {
        expiryOf(jwtOf("""{"exp":1700000000}""")) shouldBe 1_700_000_000
        expiryOf(jwtOf("""{"exp":1.7e9}""")) shouldBe 1_700_000_000
        expiryOf(jwtOf("""{"exp":1700000000}""", padded = true)) shouldBe 1_700_000_000
    }

    @Test
    fun `a token that does not say when it ends has no end`() {
        val others =
            listOf(
                "",
                "opaque",
                "a.b",
                "a.b.c.d",
                "a.!!!.c",
                "..",
                jwtOf("nonsense"),
                jwtOf("{}"),
                jwtOf("[]"),
                jwtOf("""{"exp":"soon"}"""),
            ) +
                listOf(jwtOf("""{"exp":null}"""), jwtOf("""{"exp":-1}"""), jwtOf("""{"exp":{}}"""))
        for (token in others) withClue(token) { expiryOf(token) shouldBe null }
    }
}
