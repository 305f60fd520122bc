package io.hypha.rpc.hub.auth

import com.nimbusds.jwt.SignedJWT
import io.hypha.rpc.call.WorkspacePermission
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain

class TokensSpec :
    FunSpec({
        val secret = ByteArray(32) { it.toByte() }
        val user =
            UserInfo("u1", listOf("guest"), Scope(mapOf("w-1" to WorkspacePermission.ReadWrite), "w-1", "c1"), "u1@example.org", "parent-1")

        test("issues tokens with exactly the claims of the protocol") {
            val jwt = SignedJWT.parse(Tokens(secret) { 1_000_000 }.issue(user, 3600))
            jwt.header.algorithm.name shouldBe "HS256"
            val claims = jwt.jwtClaimsSet
            claims.issuer shouldBe "https://amun.ai/"
            claims.audience shouldContainExactly listOf("https://amun-ai.eu.auth0.com/api/v2/")
            claims.subject shouldBe "u1"
            claims.issueTime.time shouldBe 1_000_000_000
            claims.expirationTime.time shouldBe 1_003_600_000
            claims.getStringClaim("gty") shouldBe "client-credentials"
            claims.getStringClaim("scope") shouldBe "ws:w-1#rw wid:w-1 cid:c1"
            claims.getStringListClaim("https://amun.ai/roles") shouldContainExactly listOf("guest")
            claims.getStringClaim("https://amun.ai/email") shouldBe "u1@example.org"
            claims.getStringClaim("https://amun.ai/parent") shouldBe "parent-1"
        }

        test("finds the user in its own tokens") {
            val tokens = Tokens(secret) { 1_000_000 }
            tokens.verify(tokens.issue(user, 3600)).toMap() shouldBe
                UserInfo(user.id, user.roles, user.scope, user.email, user.parent, 1_003_600).toMap()
        }

        test("refuses an expired token and says so") {
            var now = 1_000_000L
            val tokens = Tokens(secret) { now }
            val token = tokens.issue(user, 10)
            now += 9
            tokens.verify(token)
            now += 1
            shouldThrow<TokenProblem> { tokens.verify(token) }.message shouldBe "The token has expired. Please fetch a new one"
        }

        test("refuses what it did not sign, without repeating it") {
            val foreign = Tokens(ByteArray(32)).issue(user, 3600)
            val (header, payload, signature) = Tokens(secret).issue(user, 3600).split('.')
            val noSignature = "eyJhbGciOiJub25lIn0.$payload."
            for (token in listOf(foreign, "$header.$payload.x$signature", noSignature, "$header.$payload", "no token", "")) {
                val problem = shouldThrow<TokenProblem> { Tokens(secret).verify(token) }
                if (token.isNotEmpty()) problem.message!! shouldNotContain token
            }
        }

        test("refuses a revoked token, also in another spelling of the same signature") {
            val tokens = Tokens(secret)
            val token = tokens.issue(user, 3600)
            tokens.revoke(token)
            val spellings =
                BASE64URL.map { token.dropLast(1) + it }.filter {
                    SignedJWT
                        .parse(it)
                        .signature
                        .decode()
                        .size == 32
                }
            for (spelling in spellings + token) shouldThrow<TokenProblem> { tokens.verify(spelling) }
        }

        test("keeps other tokens of the same user when one is revoked") {
            var now = 1_000_000L
            val tokens = Tokens(secret) { now }
            val first = tokens.issue(user, 3600)
            now++
            val second = tokens.issue(user, 3600)
            tokens.revoke(first)
            tokens.verify(second).id shouldBe "u1"
        }

        test("refuses what was made for reconnecting with a revoked token, as long as that would be good") {
            var now = 1_000_000L
            val tokens = Tokens(secret, reconnectionLife = 100) { now }
            val first = tokens.issue(user, 10)
            val bearer = tokens.verify(first)
            val again = tokens.verify(tokens.issue(bearer, 100))
            tokens.isRevoked(again) shouldBe false
            tokens.revoke(first)
            now += 99
            tokens.isRevoked(again) shouldBe true
            shouldThrow<TokenProblem> { tokens.verify(tokens.issue(again, 100)) }.message shouldBe Tokens.REVOKED
        }
    })

private const val BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
