package io.hypha.rpc.hub.login

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.hub.LoginProvider
import io.hypha.rpc.ktor.HyphaEnvironment
import io.hypha.rpc.ktor.LoginContext
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.ktor.login
import io.hypha.rpc.ktor.loginWithProfile
import io.hypha.rpc.ktor.logout
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.net.ServerSocket
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** The Kotlin client's login at a hub, with somebody at a browser. */
class LoginSpec :
    FunSpec({
        val hub =
            HyphaHub.start {
                login = LoginProvider.withoutPassword()
                rootToken = ROOT
            }
        afterSpec { hub.close() }

        fun asUser(name: String): suspend (LoginContext) -> Unit =
            { context -> withContext(Dispatchers.IO) { Browser.logIn(context.loginUrl, name).statusCode() shouldBe 200 } }

        /** How many clients there are in workspaces of anonymous users. */
        suspend fun anonymous(): Int =
            connectToServer(hub.url) { token = ROOT }.use { root ->
                val services =
                    root.manager.call<List<Map<String, Any?>>>(
                        "list_services",
                        mapOf(
                            "workspace" to "*",
                            "service_id" to "built-in",
                        ),
                    )
                services.count { "anonymouz" in (it["id"] as String) }
            }

        test("a person logs in, and the token opens the person's workspace") {
            var seen: LoginContext? = null
            val token =
                login(hub.url) {
                    loginCallback { context ->
                        seen = context
                        asUser("ada")(context)
                    }
                }
            connectToServer(hub.url) { this.token = token }.use {
                it.user.id shouldBe "ada"
                it.workspace shouldBe "ws-user-ada"
            }
            val context = seen!!
            context.loginUrl shouldContain context.key
            context.reportUrl shouldBe "${hub.url}/public/services/hypha-login/report"
            context.checkUrl shouldBe "${hub.url}/public/services/hypha-login/check"
            context.generateUrl shouldBe null
            context.toString() shouldNotContain context.key
            anonymous() shouldBe 0
        }

        test("what is no form, or too deep for JSON, is refused without being repeated") {
            val page = "${hub.url}/public/apps/hypha-login/"
            val form = mapOf("Content-Type" to "application/x-www-form-urlencoded")
            withContext(Dispatchers.IO) {
                val answer = Browser.post(page, "key=k-secret&user=ann&password=p-secret%", form)
                answer.statusCode() shouldBe 400
                answer.body() shouldNotContain "secret"
                answer.headers().firstValue("X-Frame-Options").isPresent shouldBe true
                val json = mapOf("Content-Type" to "application/json")
                Browser.post("${hub.url}/public/services/hypha-login/report", "[".repeat(60_000), json).statusCode() shouldBe 400
            }
        }

        test("a login for a workspace gives a token that opens no other, without naming it again") {
            hub.createWorkspace("team-two", owners = listOf("ada"))
            val profile =
                loginWithProfile(hub.url) {
                    workspace = "team-two"
                    expiresIn = 5.minutes
                    loginCallback(asUser("ada"))
                }
            profile.workspace shouldBe "team-two"
            profile.expiresIn shouldBe 5.minutes
            profile.userId shouldBe "ada"
            profile.name shouldBe "ada"
            profile.nickname shouldBe "ada"
            profile.email shouldBe null
            profile.emailVerified shouldBe false
            profile.picture shouldBe null
            profile.toString() shouldBe "LoginProfile(userId=ada, workspace=team-two)"
            connectToServer(hub.url) { token = profile.token }.use {
                it.workspace shouldBe "team-two"
                it.user.scope.permissionIn("team-two") shouldBe WorkspacePermission.Admin
            }
        }

        test("nobody logs in: the time that was given is named") {
            val error =
                shouldThrow<CallTimeoutException> {
                    login(hub.url) {
                        loginTimeout = 50.milliseconds
                        loginCallback { }
                    }
                }
            error.message shouldBe "nobody has logged in within the loginTimeout of 50ms"
            anonymous() shouldBe 0
        }

        test("a callback that fails ends the login, and one that never ends does so with the time") {
            shouldThrow<IllegalStateException> { login(hub.url) { loginCallback { error("no browser") } } }.message shouldBe "no browser"
            val isGone = CompletableDeferred<Unit>()
            shouldThrow<CallTimeoutException> {
                login(hub.url) {
                    loginTimeout = 50.milliseconds
                    loginCallback {
                        try {
                            awaitCancellation()
                        } finally {
                            isGone.complete(Unit)
                        }
                    }
                }
            }
            isGone.isCompleted shouldBe true
            anonymous() shouldBe 0
        }

        test("a callback that goes on after the person has logged in costs no token") {
            // The time for a login runs on the test's own connection only; the callback alone outlives it.
            login(hub.url) {
                loginTimeout = 2.seconds
                loginCallback { context ->
                    asUser("ada")(context)
                    awaitCancellation()
                }
            }.split('.').size shouldBe 3
        }

        test("a login service that never answers but always beats is given up") {
            connectToServer(hub.url).use { server ->
                val service =
                    server.registerService("slow-login") {
                        visibility = Visibility.Public
                        function<Map<String, Any?>>("start") { awaitCancellation() }
                        function(
                            "logout",
                            io.hypha.rpc.call
                                .param("config"),
                        ) { _: Map<String, Any?> -> awaitAny() }
                    }
                shouldThrow<CallTimeoutException> {
                    login(hub.url) {
                        loginServiceId = service.id
                        connectTimeout = 1.seconds
                    }
                }.message shouldBe "the login service did not answer 'start' within the connectTimeout of 1s"
                shouldThrow<CallTimeoutException> {
                    logout(hub.url) {
                        loginServiceId = service.id
                        connectTimeout = 1.seconds
                    }
                }
            }
        }

        test("cancelling ends the login at once") {
            val shown = CompletableDeferred<Unit>()
            val waiting = async { login(hub.url) { loginCallback { shown.complete(Unit) } } }
            shown.await()
            waiting.cancelAndJoin()
            waiting.isCancelled shouldBe true
            anonymous() shouldBe 0
        }

        test("without a callback the address is printed") {
            val real = System.out
            val printed = ByteArrayOutputStream()
            System.setOut(PrintStream(printed, true, Charsets.UTF_8))
            try {
                shouldThrow<CallTimeoutException> { login(hub.url) { loginTimeout = 50.milliseconds } }
            } finally {
                System.setOut(real)
            }
            printed.toString(Charsets.UTF_8) shouldStartWith
                "Please open your browser and log in at ${hub.url}/public/apps/hypha-login/?key="
        }

        test("options that cannot be are refused before anything is sent") {
            shouldThrow<IllegalArgumentException> { login("http://127.0.0.1:1") { loginTimeout = 0.seconds } }
            shouldThrow<IllegalArgumentException> { login("http://127.0.0.1:1") { expiresIn = 10.milliseconds } }
            shouldThrow<IllegalArgumentException> { login("ftp://127.0.0.1:1") }
        }

        test("the headers of a login go with its upgrade request").config(blockingTest = true) {
            ServerSocket(0).use { server ->
                val head =
                    async(Dispatchers.IO) {
                        server.accept().use { socket ->
                            socket
                                .getInputStream()
                                .bufferedReader()
                                .lineSequence()
                                .takeWhile { it.isNotEmpty() }
                                .toList()
                        }
                    }
                shouldThrow<ConnectionClosedException> {
                    login("http://127.0.0.1:${server.localPort}") {
                        headers =
                            mapOf("X-Proxy" to "let me in")
                    }
                }
                head.await() shouldContain "X-Proxy: let me in"
            }
        }

        test("a server without a login says so") {
            HyphaHub.start().use { bare ->
                shouldThrow<ServiceNotFoundException> { login(bare.url) }.message shouldBe
                    "the server offers no login: it has no service public/hypha-login"
            }
        }

        test("login and logout take other services, with addresses that are relative") {
            connectToServer(hub.url).use { server ->
                val service =
                    server.registerService("my-login") {
                        visibility = Visibility.Public
                        function("start") { mapOf("login_url" to "/public/apps/x/?key=K", "key" to "K", "report_url" to "report") }
                        function(
                            "check",
                            io.hypha.rpc.call
                                .param("key"),
                            io.hypha.rpc.call
                                .param("timeout"),
                        ) { key: String, _: Double ->
                            "token of $key"
                        }
                    }
                var seen: LoginContext? = null
                val token =
                    login(hub.url) {
                        loginServiceId = service.id
                        loginCallback { seen = it }
                    }
                token shouldBe "token of K"
                seen!!.loginUrl shouldBe "${hub.url}/public/apps/x/?key=K"
                seen!!.reportUrl shouldBe "${hub.url}/report"
                shouldThrow<MethodNotFoundException> { logout(hub.url) { loginServiceId = service.id } }.message!! shouldStartWith
                    "Logout is not supported by this server"
            }
        }

        test("logout gives the address of a page") {
            var seen = ""
            val url = logout(hub.url) { logoutCallback { seen = it } }
            url shouldBe "${hub.url}/public/apps/hypha-login/logout"
            seen shouldBe url
            Browser.open(url).statusCode() shouldBe 200
        }

        test("a refusal of the login service is its own words") {
            shouldThrow<RemoteException> { login(hub.url) { workspace = "a b" } }.message shouldBe
                "ValueError: workspace must be the id of a workspace"
        }

        test("the environment names the server and the identity, and options that are set win") {
            hub.createWorkspace("team-env", owners = listOf("ada"))
            val variables =
                mutableMapOf(
                    "HYPHA_SERVER_URL" to hub.url,
                    "HYPHA_WORKSPACE" to "team-env",
                    "HYPHA_CLIENT_ID" to "env-client",
                    "HYPHA_TOKEN" to " ",
                )
            val source = HyphaEnvironment(variables::get)
            val token =
                login {
                    environment = source
                    loginCallback(asUser("ada"))
                }
            variables["HYPHA_TOKEN"] = token
            connectToServer { environment = source }.use { "$it" shouldBe "HyphaConnection(team-env/env-client)" }
            connectToServer {
                environment = source
                clientId = "own"
                workspace = "ws-user-grace"
                this.token = hub.createToken("grace")
            }.use { "$it" shouldBe "HyphaConnection(ws-user-grace/own)" }
            connectToServer(hub.url) { environment = source }.use { it.user.isAnonymous shouldBe true }
            for (missing in listOf(HyphaEnvironment { null }, HyphaEnvironment { " " })) {
                val errors =
                    listOf(
                        shouldThrow<IllegalArgumentException> { connectToServer { environment = missing } },
                        shouldThrow<IllegalArgumentException> { login { environment = missing } },
                        shouldThrow<IllegalArgumentException> { loginWithProfile { environment = missing } },
                        shouldThrow<IllegalArgumentException> { logout { environment = missing } },
                    )
                errors.map { it.message }.distinct() shouldContainExactly
                    listOf("no server URL: pass one, or set the environment variable HYPHA_SERVER_URL")
            }
            logout {
                environment = source
                logoutCallback { }
            } shouldStartWith hub.url
        }

        test("the manager says where the login service is, and the service can be found") {
            connectToServer(hub.url).use { client ->
                client.getService("~").config["login_service_url"] shouldBe "${hub.url}/public/services/hypha-login"
                val found = client.listServices("public").single { it.id.endsWith(":hypha-login") }
                found.id shouldBe "public/hypha-login:hypha-login"
                val index = client.getService("public/hypha-login").call<Map<String, Any?>>("index", mapOf("query_string" to "key=x"))
                index["status"] shouldBe 404L
            }
        }

        test("nobody can take the name of the login service") {
            val token = hub.createToken("intruder", "public")
            connectToServer(hub.url) { this.token = token }.use { client ->
                shouldThrow<RemoteException> {
                    client.registerService(
                        "hypha-login",
                    ) { visibility = Visibility.Public }
                }.message!! shouldContain
                    "singleton"
            }
            shouldThrow<PermissionDeniedException> { connectToServer(hub.url) { workspace = "public" } }
        }

        test("a hub with logins that wait stops as quickly as any other") {
            val own = HyphaHub.start { login = LoginProvider.withoutPassword() }
            val shown = CompletableDeferred<Unit>()
            val ended = CompletableDeferred<Throwable?>()
            val waiting =
                launch {
                    ended.complete(runCatching { login(own.url) { loginCallback { shown.complete(Unit) } } }.exceptionOrNull())
                }
            shown.await()
            own.close()
            ended.await()!!::class.simpleName shouldBe "ConnectionClosedException"
            waiting.join()
        }
    })

private const val ROOT = "the-root-token-of-this-hub-is-long-enough"

private suspend fun awaitAny(): Map<String, Any?> = awaitCancellation()
