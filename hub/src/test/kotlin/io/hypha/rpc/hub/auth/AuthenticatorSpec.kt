package io.hypha.rpc.hub.auth

import io.hypha.rpc.call.WorkspacePermission
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch

class AuthenticatorSpec :
    FunSpec({
        var now = 1_000_000L
        val tokens = Tokens(ByteArray(32)) { now }
        val rootToken = "0123456789012345678901234567890123456789"
        val authenticator = Authenticator(tokens, AnonymousUsers(), rootToken)

        fun token(
            scope: String,
            roles: List<String> = emptyList(),
        ): String = tokens.issue(UserInfo("u1", roles, Scope.parse(scope)), 60)

        fun refused(credentials: Credentials): Refusal = shouldThrow<Refusal> { authenticator.identify(credentials) }

        test("makes a new user with a workspace of its own for each anonymous connection") {
            val one = authenticator.identify(Credentials("c"))
            val two = authenticator.identify(Credentials("c"))
            one.user.id shouldMatch "anonymouz-[a-z-]+-[0-9]+"
            one.user.id shouldNotBe two.user.id
            one.user.isAnonymous shouldBe true
            one.workspace shouldBe "ws-user-${one.user.id}"
            one.user.permissionFor(one.workspace) shouldBe WorkspacePermission.Admin
            one.user.permissionFor("public") shouldBe null
        }

        test("joins the workspace of the token, or the user's own") {
            authenticator.identify(Credentials("c", token = token("ws:w-1#rw wid:w-1"))).workspace shouldBe "w-1"
            authenticator.identify(Credentials("c", token = token("ws:w-1#rw"))).workspace shouldBe "ws-user-u1"
            authenticator.identify(Credentials("c", "w-1", token("ws:w-1#rw"))).workspace shouldBe "w-1"
        }

        test("does not join public with a token that is not for it") {
            authenticator.identify(Credentials("c", "public", token("ws:w-1#rw"))).workspace shouldBe "ws-user-u1"
            authenticator.identify(Credentials("c", "public", token("ws:public#r"))).workspace shouldBe "public"
        }

        test("refuses another workspace or client than the token is for") {
            refused(Credentials("c", "w-2", token("ws:w-1#rw wid:w-1"))).message shouldBe
                "Failed to establish connection: Failed to authenticate user: " +
                "Current workspace encoded in the token (w-1) does not match the specified workspace (w-2)"
            val other = refused(Credentials("c", token = token("cid:X")))
            other.code shouldBe 1001
            other.message!! shouldContain "Client id mismatch: this token is restricted to client with client_id='X'"
        }

        test("refuses tokens for special purposes") {
            refused(Credentials("c", token = token("ws:w-1#rw file:download"))).message!! shouldContain
                "Specialized token with scopes [file:download] cannot be used for general workspace access."
        }

        test("says what is wrong with a token") {
            refused(Credentials("c", token = "nonsense")).let {
                it.code shouldBe 1008
                it.message shouldBe "Authentication error: The token is invalid"
            }
            val expired = token("")
            now += 60
            refused(Credentials("c", token = expired)).let {
                it.code shouldBe 1008
                it.message shouldBe "Authentication error: The token has expired. Please fetch a new one"
            }
            val revoked = token("")
            tokens.revoke(revoked)
            refused(Credentials("c", token = revoked)).let {
                it.code shouldBe 1001
                it.message shouldBe "Failed to establish connection: Failed to authenticate user: Token has been revoked"
            }
        }

        test("knows a returning client by its reconnection token, whatever else it shows") {
            val reconnection = token("ws:w-1#rw wid:w-1 cid:c")
            val identity = authenticator.identify(Credentials("c", token = "nonsense", reconnectionToken = reconnection))
            identity.user.id shouldBe "u1"
            identity.workspace shouldBe "w-1"
        }

        test("refuses a reconnection token for another client or workspace, and one that names none") {
            val reconnection = token("ws:w-1#rw wid:w-1 cid:c")
            refused(Credentials("d", reconnectionToken = reconnection)).message!! shouldContain "Client id mismatch, disconnecting"
            refused(Credentials("c", "w-2", reconnectionToken = reconnection)).message!! shouldContain "does not match"
            refused(Credentials("c", reconnectionToken = token("wid:w-1"))).code shouldBe 1001
            refused(Credentials("c", reconnectionToken = token("cid:c"))).code shouldBe 1001
        }

        test("opens everything to the root token") {
            val identity = authenticator.identify(Credentials("c", "any", rootToken))
            identity.user.id shouldBe "root"
            identity.user.permissionFor("any") shouldBe WorkspacePermission.Admin
            authenticator.identify(Credentials("c", token = rootToken)).workspace shouldBe "ws-user-root"
        }
    })
