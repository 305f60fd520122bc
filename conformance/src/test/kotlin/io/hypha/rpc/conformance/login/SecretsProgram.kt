package io.hypha.rpc.conformance.login

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.param
import io.hypha.rpc.client.TokenOptions
import io.hypha.rpc.client.TokenProvider
import io.hypha.rpc.client.generateToken
import io.hypha.rpc.client.parseToken
import io.hypha.rpc.client.revokeToken
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.hub.LoginForm
import io.hypha.rpc.hub.LoginProvider
import io.hypha.rpc.hub.LoginUser
import io.hypha.rpc.hub.hubOptions
import io.hypha.rpc.ktor.ConnectOptions
import io.hypha.rpc.ktor.LoginContext
import io.hypha.rpc.ktor.LoginOptions
import io.hypha.rpc.ktor.Slf4jLogger
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.ktor.login
import io.hypha.rpc.ktor.loginWithProfile
import io.hypha.rpc.micrometer.MicrometerMetrics
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.transport.Identity
import io.ktor.client.engine.HttpClientEngineFactory
import io.ktor.client.engine.cio.CIO
import io.ktor.client.engine.java.Java
import io.ktor.client.engine.okhttp.OkHttp
import io.micrometer.core.instrument.simple.SimpleMeterRegistry
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import java.io.File
import java.util.concurrent.atomic.AtomicInteger
import java.util.logging.ConsoleHandler
import java.util.logging.Level
import java.util.logging.Logger
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/**
 * Everything that has to do with tokens, and calls with arguments that concern nobody, with all logs at their finest level on the standard streams, and all failures and descriptions
 * printed as a careless program would. The secrets that it used go to the file that the argument names.
 */
internal object SecretsProgram {
    private const val PASSWORD = "the password of this hub"
    private const val ROOT = "the-root-token-of-this-hub-is-long-enough"
    private const val SIGNING = "the-secret-that-signs-the-tokens-of-this-hub"
    private val secrets = linkedSetOf(PASSWORD, ROOT, SIGNING)

    @JvmStatic
    fun main(args: Array<String>) {
        logEverything()
        val options =
            hubOptions {
                jwtSecret = SIGNING
                rootToken = ROOT
                login = LoginProvider.withPassword(PASSWORD)
            }
        println(options)
        HyphaHub.start(options).use { hub ->
            println(hub)
            runBlocking {
                for (engine in listOf(CIO, OkHttp, Java)) everything(hub, engine)
                reports(hub)
            }
        }
        File(args[0]).writeText(secrets.joinToString("\n"))
    }

    private fun logEverything() {
        val root = Logger.getLogger("")
        root.level = Level.ALL
        root.handlers.forEach(root::removeHandler)
        root.addHandler(ConsoleHandler().apply { level = Level.ALL })
    }

    private fun secret(text: String): String = text.also(secrets::add)

    /** What a program does that logs whatever goes wrong. */
    private suspend fun failing(action: suspend () -> Unit) {
        val failure = runCatching { action() }.exceptionOrNull() ?: error("this should have failed")
        println(failure.stackTraceToString())
    }

    private fun ConnectOptions.loud(engine: HttpClientEngineFactory<*>) {
        this.engine = engine
        logger = Slf4jLogger
    }

    private suspend fun everything(
        hub: HyphaHub,
        engine: HttpClientEngineFactory<*>,
    ) {
        val token = logins(hub, engine)
        tokens(hub, engine, token)
        refusals(hub, engine)
        providers(hub, engine)
        calls(hub, engine)
    }

    private suspend fun logins(
        hub: HyphaHub,
        engine: HttpClientEngineFactory<*>,
    ): String {
        val person: suspend (LoginContext) -> Unit = { context ->
            println(context)
            secret(context.key)
            withContext(Dispatchers.IO) { check(Browser.logIn(context.loginUrl, "ada", PASSWORD).status == 200) }
        }

        fun LoginOptions.quietly(show: suspend (LoginContext) -> Unit) {
            this.engine = engine
            logger = Slf4jLogger
            loginCallback(show)
            println(this)
        }
        val profile =
            loginWithProfile(hub.url) {
                workspace = "ws-user-ada"
                quietly(person)
            }
        println(profile)
        secret(profile.token)
        failing {
            login(hub.url) {
                loginTimeout = 20.milliseconds
                quietly { secret(it.key) }
            }
        }
        failing { login(hub.url) { quietly { error("no browser") } } }
        return secret(login(hub.url) { quietly(person) })
    }

    private suspend fun tokens(
        hub: HyphaHub,
        engine: HttpClientEngineFactory<*>,
        token: String,
    ) {
        connectToServer(hub.url) {
            loud(engine)
            this.token = token
            println(this)
        }.use { server ->
            secret(server.info.reconnectionToken!!)
            val scope = server.user.scope
            listOf(server, server.info, server.user, scope, server.manager, server.state.value).forEach(::println)
            println(Identity("c", "w", token, server.info.reconnectionToken))
            println(LoginForm("ada", PASSWORD))
            println(LoginUser("ada"))
            val made =
                secret(
                    server.generateToken {
                        permission = WorkspacePermission.Read
                        clientId = "bound"
                        println(this as TokenOptions)
                    },
                )
            println(server.parseToken(made))
            failing { connectToServer(hub.url) { loud(engine).also { this.token = made }.also { clientId = "other" } } }
            failing { connectToServer(hub.url) { loud(engine).also { this.token = made }.also { workspace = "other-one" } } }
            server.revokeToken(made)
            failing { server.parseToken(made) }
            failing { server.revokeToken(made) }
            failing { server.parseToken(secret("no-token-at-all-$engine")) }
            failing { connectToServer(hub.url) { loud(engine).also { this.token = made }.also { clientId = "bound" } } }
        }
    }

    private suspend fun refusals(
        hub: HyphaHub,
        engine: HttpClientEngineFactory<*>,
    ) {
        connectToServer(hub.url) { loud(engine).also { token = ROOT } }.use { println(it.user) }
        val signed = hub.createToken("eve")
        failing { connectToServer(hub.url) { loud(engine).also { token = secret(signed.dropLast(3) + "abc") } } }
        failing { connectToServer(hub.url) { loud(engine).also { token = secret("nonsense-that-is-secret-$engine") } } }
        failing {
            connectToServer(hub.url) {
                loud(engine)
                token = secret(signed)
                tokenProvider = TokenProvider { signed }
            }
        }
        failing { connectToServer("http://127.0.0.1:1") { loud(engine).also { token = signed } } }
        failing { connectToServer("http://127.0.0.1:9527/?token=$signed") { loud(engine) } }
    }

    /**
     * The provider is asked again after two to three seconds, and fails; that goes to the log. The reconnection token is refreshed after two.
     */
    private suspend fun providers(
        hub: HyphaHub,
        engine: HttpClientEngineFactory<*>,
    ) {
        val askedAgain = CompletableDeferred<Unit>()
        val asked = AtomicInteger()
        val provider =
            TokenProvider {
                if (asked.incrementAndGet() > 1) {
                    askedAgain.complete(Unit)
                    error("not now")
                }
                secret(hub.createToken("ada", life = 5.seconds))
            }
        println(provider)
        connectToServer(hub.url) {
            loud(engine)
            tokenProvider = provider
        }.use { server ->
            secret(server.info.reconnectionToken!!)
            withTimeout(30.seconds) { askedAgain.await() }
        }
        failing {
            connectToServer(
                hub.url,
            ) { loud(engine).also { tokenProvider = TokenProvider { throw IllegalStateException("refused") } } }
        }
    }

    /** Arguments, results and what is thrown about them belong into no log either, and into no number. */
    private suspend fun calls(
        hub: HyphaHub,
        engine: HttpClientEngineFactory<*>,
    ) {
        val payload = secret("the-payload-that-is-nobodys-business-$engine")
        val registry = SimpleMeterRegistry()

        fun ConnectOptions.watched() {
            loud(engine)
            metrics = MicrometerMetrics(registry, byFunction = true)
        }
        connectToServer(hub.url) { watched() }.use { provider ->
            val info =
                provider.registerService("private") {
                    visibility = Visibility.Public
                    function("echo", param("text")) { text: String -> text }
                    function("count", param("number")) { number: Int -> number }
                    function("pick", param("mode")) { mode: WorkspacePermission -> mode.name }
                    function("fail", param("text")) { text: String -> check(text.isEmpty()) }
                }
            connectToServer(hub.url) { watched() }.use { caller ->
                val service = caller.getService(info.id)
                check(service.call<String>("echo", payload) == payload)
                check(service.call<String>("echo", kwargs = mapOf("text" to payload)) == payload)
                check(service.call<String>("echo", payload.repeat(20_000)).startsWith(payload))
                failing { service.call<Int>("echo", payload) }
                failing { service.call<WorkspacePermission>("echo", payload) }
                failing { service.call<Int>("count", payload) }
                failing { service.call<String>("pick", payload) }
                failing { service.call<Int>("count", kwargs = mapOf("number" to mapOf("a" to payload))) }
                failing { service.call<String>("echo", payload, payload) }
                failing { service.call<Unit>("fail", payload) }
                caller.emit("news", payload, to = provider.clientId)
                println(caller.statistics)
                println(provider.statistics)
            }
        }
        println(registry.metersAsString)
        registry.meters.forEach { println(it.id) }
    }

    /** The hub's side of what others send. */
    private suspend fun reports(hub: HyphaHub) {
        val token = secret(hub.createToken("ada"))
        connectToServer(hub.url) { logger = Slf4jLogger }.use { anonymous ->
            val service = anonymous.getService("public/hypha-login")
            println(service)
            val key = secret(service.call<Map<String, Any?>>("start")["key"] as String)
            failing { service.call<Unit>("report", key, secret("$token.x")) }
            failing { service.call<Unit>("report", key, token, kwargs = mapOf("workspace" to "other-one")) }
            failing { service.call<Unit>("check", key, 0.01) }
            service.call<Unit>("report", key, token)
            check(service.call<String>("check", key) == token)
            failing { service.call<Unit>("check", key) }
        }
        val base = "${hub.url}/public/services/hypha-login"
        val key =
            secret(
                Browser
                    .open("$base/start")
                    .body
                    .substringAfter("\"key\":\"")
                    .substringBefore('"'),
            )
        println(Browser.open("$base/report?key=$key&token=$token.x").body)
        println(Browser.open("$base/check?key=$key&timeout=x").body)
        println(Browser.open("${hub.url}/nowhere?key=$key&token=$token").status)
        check(Browser.open("$base/report?key=$key&token=$token").status == 200)
        check(token in Browser.open("$base/check?key=$key&timeout=0").body)
    }
}
