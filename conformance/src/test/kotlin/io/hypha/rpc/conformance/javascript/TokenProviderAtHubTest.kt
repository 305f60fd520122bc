package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.TokenProvider
import io.hypha.rpc.client.revokeToken
import io.hypha.rpc.ktor.connectToServer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.seconds

/** A provider of tokens that has them from a JavaScript client of the same hub (protocol §9.4). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenProviderAtHubTest {
    private val stage = Stage.set()

    @AfterAll
    fun end() {
        stage.close()
    }

    private fun testing(test: suspend () -> Unit) {
        runBlocking { withTimeout(30.seconds) { test() } }
    }

    private suspend fun tokenOfJavaScript(life: Int): String {
        val config =
            buildJsonObject {
                put("expires_in", life)
                put("permission", "read_write")
            }
        return stage.peer
            .call(null, "generateToken", config)
            .jsonPrimitive.content
    }

    @Test
    fun `the token of the provider opens the workspace, and is asked for again before it ends`() =
        testing {
            val given = Channel<Int>(Channel.UNLIMITED)
            var count = 0
            // The first two tokens live for four seconds: each is replaced two seconds after it was made.
            val provider =
                TokenProvider {
                    given.send(++count)
                    tokenOfJavaScript(if (count < 3) 4 else 3600)
                }
            connectToServer(stage.url) { tokenProvider = provider }.use { connection ->
                given.receive() shouldBe 1
                connection.workspace shouldBe stage.kotlin.workspace
                connection.user.parent shouldBe "tester"
                connection.user.scope.permissionIn(stage.kotlin.workspace) shouldBe WorkspacePermission.ReadWrite
                listOf(given.receive(), given.receive()) shouldBe listOf(2, 3)
                connection.echo(1) shouldBe 1
            }
        }

    @Test
    fun `a provider of nothing connects an anonymous user`() =
        testing {
            connectToServer(stage.url) { tokenProvider = TokenProvider { null } }.use { it.user.isAnonymous shouldBe true }
        }

    @Test
    fun `a token that the server refuses is refused with its words, and is not quoted`() =
        testing {
            val revoked = tokenOfJavaScript(60)
            stage.kotlin.revokeToken(revoked)
            val error =
                shouldThrow<AuthenticationException> { connectToServer(stage.url) { tokenProvider = TokenProvider { revoked } } }
            error.message shouldContain "Token has been revoked"
            error.stackTraceToString() shouldNotContain revoked
        }
}
