package io.hypha.rpc.hostile

import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import org.junit.jupiter.api.Test

/** A path names a function that somebody has offered, or nothing: there are no ways around. */
class MethodPathsTest {
    private val tricks =
        listOf("services", "services.", "services..", "services..echo", "services.open", "services.open.", "services.open..echo") +
            listOf(".services.open.echo", "services.open.echo.", "services.open.echo.call", "services.open.echo.0", " services.open.echo") +
            listOf("Services.open.echo", "services.OPEN.echo", "services.open.Echo", "services/open/echo", "../services.open.echo") +
            listOf("services.open.../private.secret", "services.open.echo/../../private.secret", "services.*.echo", "services.open.*") +
            listOf("services.open.__proto__", "services.open.constructor", "services.open.toString", "services.open.getClass") +
            listOf("services.__proto__.secret", "services.open.members.echo", "services.open.config", "services.open.config.visibility") +
            listOf("services.open.echo\u0000", "services.op\u200ben.echo", "services.open.\u202eohce", "services.ｏｐｅｎ.echo") +
            listOf("services.open.echo%00", "services.open%2eecho", "services.ws/alice:open.echo", "services.alice:open.echo") +
            listOf("services.built-in", "services.built-in.message_cache", "services.built-in.message_cache.create.x") +
            listOf("message_cache.create", "built-in.ping", "services._rintf_", "services._rintf_x.f", "services._rintf_.._rintf_") +
            listOf("", ".", "..", "a", "resolve", "gone.resolve", "gone.f")

    @Test
    fun `paths that name no function are refused with a name, or met with silence when no reply is wanted`() =
        withVictim { _, eve, _ ->
            for (path in tricks) {
                withClue(path) {
                    eve.refused(path) shouldMatch
                        Regex("(Method|Session) .*not found.*", RegexOption.DOT_MATCHES_ALL)
                }
            }
        }

    @Test
    fun `a protected service stays closed however it is called`() =
        withVictim { _, eve, _ ->
            eve.refused("services.private.secret") shouldContain
                "Permission denied for invoking protected method other/eve:services.private.secret"
            eve.refused("services.built-in.get_service", "private") shouldContain "Permission denied"
            for (id in listOf("", "../private", "ws/alice:private", "open/../private", "\u0000", "*")) {
                withClue(id) { eve.refused("services.built-in.get_service", id) shouldContain "Service not found" }
            }
        }

    @Test
    fun `the session of somebody else's call stays closed whatever is called in it`() =
        withVictim { _, eve, waiting ->
            for (name in listOf("resolve", "reject", "heartbeat", "f", "", "resolve.x", "__proto__", "..resolve", "a#b:close")) {
                withClue(name) {
                    eve.refused("$waiting.$name", 1) shouldBe
                        "Access denied for method call (other/eve:$waiting.$name) from other/eve to target ws/bob"
                }
            }
            // Neighbours of a session that is known are no easier to find.
            for (guess in listOf(waiting.dropLast(1), waiting + "0", waiting.dropLast(1) + "z", waiting.uppercase())) {
                withClue(guess) { eve.refused("$guess.resolve", 1) shouldContain "Session not found" }
            }
        }

    @Test
    fun `a path as long as a message is refused in a few words`() =
        withVictim { _, eve, waiting ->
            for (path in listOf("services." + "a".repeat(5_000_000), "a.".repeat(1_000_000), waiting + ".a".repeat(1_000_000))) {
                (eve.refused(path).length < 5000) shouldBe true
            }
        }
}
