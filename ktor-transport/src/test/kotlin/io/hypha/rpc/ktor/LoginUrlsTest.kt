package io.hypha.rpc.ktor

import io.hypha.rpc.ProtocolException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import org.junit.jupiter.api.Test

/** What becomes of the addresses that a login service gives. */
class LoginUrlsTest {
    @Test
    fun `the address for browsers is that of the socket without its end`() {
        val addresses =
            mapOf(
                "http://h:1" to "http://h:1",
                "https://h/base/" to "https://h/base",
                "https://h/base/ws" to "https://h/base",
                "ws://h:1" to "http://h:1",
                "wss://h/base/ws" to "https://h/base",
                "wss://h/other" to "https://h/other",
            )
        for ((given, expected) in addresses) withClue(given) { httpUrl(given) shouldBe expected }
    }

    @Test
    fun `relative addresses are below that of the server`() {
        val addresses =
            mapOf(
                "https://other/x?key=k" to "https://other/x?key=k",
                "/public/apps/x/?key=k" to "https://h/base/public/apps/x/?key=k",
                "/base/public/apps/x/?key=k" to "https://h/base/public/apps/x/?key=k",
                "public/apps/x" to "https://h/base/public/apps/x",
                "https://other/x?key=k&workspace=ws-user-a|b" to "https://other/x?key=k&workspace=ws-user-a%7Cb",
                "/x?workspace=a|b" to "https://h/base/x?workspace=a%7Cb",
                "http://my_hub:9527/x" to "http://my_hub:9527/x",
                "//cdn/x" to "https://cdn/x",
            )
        for ((given, expected) in addresses) withClue(given) { absoluteUrl(given, "https://h/base", "login_url") shouldBe expected }
        absoluteUrl("/x", "http://h:1", "login_url") shouldBe "http://h:1/x"
    }

    @Test
    fun `an address that a browser must not open is refused without repeating it`() {
        for (given in listOf(
            "javascript:alert('secret')",
            "file:///secret",
            "intent://secret",
            "http:secret",
            "mailto:secret",
            "http://secret\u0000",
            "secret key",
        )) {
            val error = shouldThrow<ProtocolException> { absoluteUrl(given, "https://h", "login_url") }
            error.stackTraceToString() shouldNotContain "secret"
        }
    }

    @Test
    fun `an answer without what a login needs names what is missing`() {
        val whole = mapOf("login_url" to "/login?key=k", "key" to "k")
        for (missing in whole.keys) {
            shouldThrow<ProtocolException> { LoginContext.of(whole - missing, "https://h") }.message shouldBe
                "the login service's answer to start has no text under '$missing'"
        }
        LoginContext.of(whole, "https://h").toString() shouldBe "LoginContext(https://h/login)"
    }

    @Test
    fun `a profile is read from a map, or is the bare token`() {
        LoginProfile.of("t").token shouldBe "t"
        val profile = LoginProfile.of(mapOf("token" to "t", "expires_in" to 2, "email_verified" to true, "user_id" to "u"))
        listOf(profile.token, "${profile.expiresIn}", profile.emailVerified, profile.userId, profile.email) shouldBe
            listOf("t", "2s", true, "u", null)
        for (answer in listOf(null, 5, emptyMap<String, Any?>(), mapOf("token" to null))) {
            shouldThrow<ProtocolException> { LoginProfile.of(answer) }
        }
    }
}
