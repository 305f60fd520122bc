package io.hypha.rpc.client

import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.testing.withManager
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds

/** What is said to the workspace manager about tokens (protocol §8.1, §9.4). */
class TokensTest {
    @Test
    fun `a token is asked for with all that is set, and with nothing when nothing is`() =
        withManager { alice, manager ->
            val plain = async { alice.generateToken() }
            val short = manager.expect()
            short.method shouldBe "services.default.generate_token"
            short.args shouldBe emptyList()
            manager.resolve(short, "secret")
            plain.await() shouldBe "secret"
            val full =
                async {
                    alice.generateToken {
                        workspace = "other-one"
                        permission = WorkspacePermission.Admin
                        expiresIn = 1.days
                        clientId = "only-me"
                        extraScopes = listOf("file:download")
                        email = "a@example.org"
                    }
                }
            val long = manager.expect()
            long.args shouldBe
                listOf(
                    mapOf(
                        "workspace" to "other-one",
                        "permission" to "admin",
                        "expires_in" to 86_400L,
                        "client_id" to "only-me",
                        "extra_scopes" to listOf("file:download"),
                        "email" to "a@example.org",
                    ),
                )
            manager.resolve(long, "longer")
            full.await() shouldBe "longer"
        }

    @Test
    fun `keys that are not set are absent, for nil is a value`() =
        withManager { alice, manager ->
            val token = async { alice.generateToken { permission = WorkspacePermission.Read } }
            val call = manager.expect()
            call.args shouldBe listOf(mapOf("permission" to "read"))
            manager.resolve(call, "t")
            token.await() shouldBe "t"
        }

    @Test
    fun `a life that cannot be is refused before anything is sent`() =
        withManager { alice, _ ->
            for (life in listOf(Duration.ZERO, 500.milliseconds, (-1).days, Duration.INFINITE)) {
                shouldThrow<IllegalArgumentException> { alice.generateToken { expiresIn = life } }
            }
        }

    @Test
    fun `a token is parsed and revoked by the server, and failures do not repeat it`() =
        withManager { alice, manager ->
            supervisorScope {
                val parsed = async { alice.parseToken("the-token") }
                val parse = manager.expect()
                parse.method shouldBe "services.default.parse_token"
                parse.args shouldBe listOf("the-token")
                val user = mapOf("id" to "u", "email" to "u@example.org", "expires_at" to 5, "scope" to mapOf("client_id" to "c"))
                manager.resolve(parse, user)
                parsed.await().let { listOf(it.id, it.email, it.expiresAt, it.scope.clientId) } shouldBe
                    listOf("u", "u@example.org", 5L, "c")
                val revoked = async { alice.revokeToken("the-token") }
                val revoke = manager.expect()
                revoke.method shouldBe "services.default.revoke_token"
                revoke.args shouldBe listOf("the-token")
                manager.reject(revoke, "ValueError: Token has already expired")
                val error = shouldThrow<RemoteException> { revoked.await() }
                error.message shouldBe "ValueError: Token has already expired"
                error.stackTraceToString() shouldNotContain "the-token"
                val denied = async { alice.generateToken() }
                manager.reject(manager.expect(), "PermissionError: Permission denied for workspace ws")
                shouldThrow<PermissionDeniedException> { denied.await() }
            }
        }
}
