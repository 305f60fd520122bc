package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.generateToken
import io.hypha.rpc.client.parseToken
import io.hypha.rpc.client.revokeToken
import io.hypha.rpc.conformance.login.Browser
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.hub.LoginProvider
import io.hypha.rpc.ktor.connectToServer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlin.time.Duration.Companion.minutes

/** Login by URL and tokens with the real JavaScript client (protocol §9.4, §9.5). */
class JavaScriptIdentityTest :
    FunSpec({
        val team = "team-one"
        lateinit var hub: HyphaHub
        lateinit var kotlin: HyphaConnection
        lateinit var js: JsPeer

        beforeSpec {
            hub = HyphaHub.start { login = LoginProvider.withoutPassword() }
            hub.createWorkspace(team, owners = listOf("ada"))
            val admin = hub.createToken("tester", team, WorkspacePermission.Admin)
            kotlin = connectToServer(hub.url) { token = admin }
            js = JsPeer.start(hub.url, "--workspace", team, "--token", admin, "--no-services")
        }
        afterSpec {
            js.close()
            kotlin.close()
            kotlin.awaitClosed()
            hub.close()
        }

        fun JsonObject.text(key: String): String = getValue(key).jsonPrimitive.content

        /** Has the JavaScript client log in, and [user] do the rest in a browser. */
        suspend fun logIn(
            user: String,
            options: JsonObject,
        ) = kotlinx.coroutines.coroutineScope {
            val answer = async { js.command("login", JsonObject(mapOf("options" to options))) }
            val context = js.events.receive()
            context.text("type") shouldBe "login"
            context.text("login_url") shouldContain context.text("key")
            Browser.logIn(context.text("login_url"), user).status shouldBe 200
            answer.await()
        }

        test("JavaScript logs in by URL, and Kotlin uses the token") {
            val token = logIn("grace", buildJsonObject { }).jsonPrimitive.content
            connectToServer(hub.url) { this.token = token }.use {
                it.user.id shouldBe "grace"
                it.workspace shouldBe "ws-user-grace"
            }
        }

        test("JavaScript logs in for a workspace, and gets the profile") {
            val options =
                buildJsonObject {
                    put("workspace", team)
                    put("expires_in", 600)
                    put("profile", true)
                }
            val profile = logIn("ada", options).jsonObject
            profile.text("user_id") shouldBe "ada"
            profile.text("workspace") shouldBe team
            profile.text("expires_in") shouldBe "600"
            JsPeer.start(hub.url, "--token", profile.text("token"), "--no-services").use { it.workspace shouldBe team }
        }

        test("JavaScript hears that nobody has logged in, and where to log out") {
            val patience = buildJsonObject { put("login_timeout", 0.05) }
            shouldThrow<JsPeerException> { js.command("login", JsonObject(mapOf("options" to patience))) }.message!! shouldContain
                "Login timeout, waited for 0.05 seconds"
            js.events.receive().text("type") shouldBe "login"
            js.command("logout").jsonObject.text("logout_url") shouldBe "${hub.url}/public/apps/hypha-login/logout"
            js.events.receive().text("logout_url") shouldBe "${hub.url}/public/apps/hypha-login/logout"
        }

        test("a token that JavaScript makes is good for Kotlin, with what was asked for") {
            val config =
                buildJsonObject {
                    put("permission", "read")
                    put("expires_in", 120)
                    put("client_id", "kotlin-reader")
                    putJsonArray("extra_scopes") { add(JsonPrimitive("plain")) }
                }
            val token = js.call(null, "generateToken", config).jsonPrimitive.content
            val user = kotlin.parseToken(token)
            user.parent shouldBe "tester"
            user.scope.permissionIn(team) shouldBe WorkspacePermission.Read
            user.scope.extraScopes shouldBe listOf("plain")
            connectToServer(hub.url) {
                this.token = token
                clientId = "kotlin-reader"
            }.use { reader ->
                reader.workspace shouldBe team
                shouldThrow<PermissionDeniedException> { reader.registerService("x") { } }
                shouldThrow<PermissionDeniedException> { reader.generateToken() }
            }
            shouldThrow<AuthenticationException> {
                connectToServer(hub.url) {
                    this.token = token
                    clientId = "somebody-else"
                }
            }.message!! shouldContain "restricted to client with client_id='kotlin-reader'"
        }

        test("a token that Kotlin makes is good for JavaScript, with what was asked for") {
            val read =
                kotlin.generateToken {
                    permission = WorkspacePermission.Read
                    expiresIn = 2.minutes
                }
            JsPeer.start(hub.url, "--token", read, "--no-services").use { reader ->
                reader.workspace shouldBe team
                shouldThrow<JsPeerException> { reader.call(null, "registerService", JsonObject(mapOf("id" to JsonPrimitive("x")))) }
                    .message!! shouldContain "Permission denied"
            }
            val bound = kotlin.generateToken { clientId = "js-only" }
            JsPeer.start(hub.url, "--token", bound, "--client-id", "js-only", "--no-services").use { it.clientId shouldBe "js-only" }
            shouldThrow<IllegalStateException> { JsPeer.start(hub.url, "--token", bound, "--client-id", "other", "--no-services") }
                .message!! shouldContain "restricted to client with client_id='js-only'"
            val parsed = js.call(null, "parseToken", JsonPrimitive(bound)).jsonObject
            parsed.text("parent") shouldBe "tester"
            parsed.getValue("scope").jsonObject.text("client_id") shouldBe "js-only"
        }

        test("a revoked token is good for nobody, whoever revoked it") {
            val one = kotlin.generateToken()
            js.call(null, "revokeToken", JsonPrimitive(one)) shouldBe JsonNull
            shouldThrow<AuthenticationException> { connectToServer(hub.url) { token = one } }.message!! shouldContain
                "Token has been revoked"
            val two = js.call(null, "generateToken").jsonPrimitive.content
            kotlin.revokeToken(two)
            shouldThrow<IllegalStateException> { JsPeer.start(hub.url, "--token", two, "--no-services") }.message!! shouldContain
                "Token has been revoked"
            shouldThrow<JsPeerException> { js.call(null, "parseToken", JsonPrimitive(two)) }.message!! shouldContain
                "Token has been revoked"
        }
    })
