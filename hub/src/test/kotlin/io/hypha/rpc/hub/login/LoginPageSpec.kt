package io.hypha.rpc.hub.login

import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.hub.LoginForm
import io.hypha.rpc.hub.LoginProvider
import io.hypha.rpc.hub.LoginUser
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runInterruptible
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.seconds

/** The login pages and the plain HTTP functions, over real sockets. */
class LoginPageSpec :
    FunSpec({
        val password = "correct horse battery"
        val open = HyphaHub.start { login = LoginProvider.withoutPassword() }
        val closed = HyphaHub.start { login = LoginProvider.withPassword(password) }
        afterSpec {
            open.close()
            closed.close()
        }

        fun HyphaHub.ask(
            function: String,
            query: String = "",
        ): HttpResponse<String> = Browser.open("$url/public/services/hypha-login/$function?$query")

        fun HttpResponse<String>.json(): JsonObject = Json.parseToJsonElement(body()).jsonObject

        fun JsonObject.text(key: String): String = getValue(key).jsonPrimitive.content

        fun HyphaHub.start(query: String = ""): JsonObject = ask("start", query).json()

        test("a program logs a person in with plain HTTP") {
            val login = open.start()
            val key = login.text("key")
            login.text("login_url") shouldBe "${open.url}/public/apps/hypha-login/?key=$key"
            open.ask("check", "key=$key&timeout=0").body() shouldBe "null"
            val done = Browser.logIn(login.text("login_url"), " ada ")
            done.statusCode() shouldBe 200
            done.body() shouldContain "You are logged in as ada"
            val answer = open.ask("check", "key=$key&timeout=0&profile=true").json()
            answer.text("user_id") shouldBe "ada"
            answer.text("token").split('.').size shouldBe 3
            open.ask("check", "key=$key&timeout=0").let { it.statusCode() to it.json().text("detail") } shouldBe
                (400 to "AssertionError: Invalid key, key does not exist")
        }

        test("a token can be reported by GET and by POST") {
            val token = open.createToken("ada")
            val one = open.start().text("key")
            open.ask("report", "key=$one&token=$token&email=ada@example.org").body() shouldBe "null"
            open.ask("check", "key=$one&timeout=1").body() shouldBe "\"$token\""
            val two = open.start("workspace=ws-user-ada&expires_in=60").text("key")
            val body = """{"key":"$two","token":"$token","email_verified":true,"name":null}"""
            val url = "${open.url}/public/services/hypha-login/report"
            Browser.post(url, body, mapOf("Content-Type" to "application/json")).statusCode() shouldBe 200
            open.ask("check", "key=$two&timeout=0&profile=1").json().let { it.text("workspace") to it.text("expires_in") } shouldBe
                ("ws-user-ada" to "60")
        }

        test("what cannot be done over HTTP is a JSON error that does not repeat secrets") {
            val key = open.start().text("key")
            val token = open.createToken("ada")
            val problems =
                mapOf(
                    open.ask("check") to 400,
                    open.ask("check", "key=$key&timeout=soon") to 400,
                    open.ask("check", "key=$key&timeout=0.01") to 504,
                    open.ask("check", "key=wrong") to 400,
                    open.ask("report", "key=$key&token=$token.x") to 400,
                    open.ask("report", "key=$key&token=$token&workspace=other-one") to 403,
                    open.ask("start", "expires_in=0") to 400,
                    Browser.post(
                        "${open.url}/public/services/hypha-login/report",
                        "key=$key",
                        mapOf("Content-Type" to "text/plain"),
                    ) to 400,
                    Browser.post("${open.url}/public/services/hypha-login/report", "[1]", mapOf("Content-Type" to "application/json")) to
                        400,
                    Browser.post("${open.url}/public/services/hypha-login/report", "x".repeat(70_000), emptyMap()) to 400,
                )
            for ((answer, status) in problems) {
                withClue(answer.body()) {
                    answer.statusCode() shouldBe status
                    answer.json().getValue("success") shouldBe JsonPrimitive(false)
                    answer.body() shouldNotContain key
                    answer.body() shouldNotContain token
                }
            }
        }

        test("every page forbids to keep, frame or run anything, and to pass on its address") {
            val pages =
                listOf(open.start().text("login_url"), "${open.url}/public/apps/hypha-login/", "${open.url}/public/apps/hypha-login/logout")
            for (page in pages.map(Browser::open)) {
                val header = { name: String -> page.headers().firstValue(name).orElse("") }
                header("cache-control") shouldBe "no-store"
                header("x-frame-options") shouldBe "DENY"
                header("x-content-type-options") shouldBe "nosniff"
                header("referrer-policy") shouldBe "same-origin"
                header("content-security-policy") shouldContain "default-src 'none'"
                header("content-security-policy") shouldContain "frame-ancestors 'none'"
                header("content-type") shouldBe "text/html; charset=utf-8"
                page.body() shouldNotContain "<script"
            }
        }

        test("a form that a page from elsewhere sends is refused") {
            val foreign =
                listOf(
                    mapOf("Origin" to "https://evil.example"),
                    mapOf("Origin" to "null"),
                    mapOf("Origin" to "http://127.0.0.1:1"),
                    mapOf("Sec-Fetch-Site" to "cross-site"),
                    mapOf("Sec-Fetch-Site" to "same-site", "Origin" to open.url),
                )
            val login = open.start()
            for (headers in foreign) Browser.logIn(login.text("login_url"), "ada", headers = headers).statusCode() shouldBe 403
            open.ask("check", "key=${login.text("key")}&timeout=0").body() shouldBe JsonNull.toString()
            Browser
                .logIn(
                    login.text("login_url"),
                    "ada",
                    headers = mapOf("Origin" to open.url.replace("127.0.0.1", "localhost")),
                ).statusCode() shouldBe
                200
        }

        test("what a program asks for is shown, and escaped") {
            val page = Browser.open(open.start("workspace=%3Cb%3E%22%27%26x&expires_in=60").text("login_url")).body()
            page shouldContain "for the workspace &lt;b&gt;&quot;&#39;&amp;x, good for 60 seconds"
            page shouldNotContain "<b>"
        }

        test("a person whom the provider does not accept can try again, but not for ever") {
            val login = closed.start()
            val url = login.text("login_url")
            Browser.open(url).body() shouldContain "type=\"password\""
            repeat(4) { Browser.logIn(url, "ada", "wrong").let { it.statusCode() to ("not accepted" in it.body()) } shouldBe (403 to true) }
            Browser.logIn(url, "ada", "wrong").body() shouldContain "Start the login again"
            Browser.open(url).statusCode() shouldBe 404
            Browser.submit(url, mapOf("key" to login.text("key"), "user" to "ada", "password" to password)).statusCode() shouldBe 404
        }

        test("who fails again and again has to wait, also with new logins") {
            HyphaHub.start { login = LoginProvider.withPassword(password) }.use { hub ->
                for (attempt in 1..31) {
                    val fields = mapOf("key" to hub.start().text("key"), "user" to "ada", "password" to "guess $attempt")
                    val answer = Browser.submit("${hub.url}/public/apps/hypha-login/", fields)
                    answer.statusCode() shouldBe if (attempt <= 30) 403 else 429
                }
                Browser.logIn(hub.start().text("login_url"), "ada", password).statusCode() shouldBe 429
            }
        }

        test("a person who knows the password logs in, under a name that can be one") {
            Browser.logIn(closed.start().text("login_url"), "root", password).statusCode() shouldBe 403
            Browser.logIn(closed.start().text("login_url"), "ada", password).statusCode() shouldBe 200
        }

        test("a page without its key, or with a wrong one, says what to do") {
            Browser.open("${open.url}/public/apps/hypha-login/").statusCode() shouldBe 400
            Browser.open("${open.url}/public/apps/hypha-login").statusCode() shouldBe 400
            Browser.open("${open.url}/public/apps/hypha-login/?key=x").statusCode() shouldBe 404
            Browser.submit("${open.url}/public/apps/hypha-login/", mapOf("user" to "ada")).statusCode() shouldBe 404
            Browser.submit("${open.url}/public/apps/hypha-login/", mapOf("user" to "a".repeat(70_000))).statusCode() shouldBe 413
            Browser.open("${open.url}/login").let { it.statusCode() to it.headers().firstValue("location").orElse("") } shouldBe
                (302 to "public/apps/hypha-login/")
        }

        test("a provider that fails costs the person another try") {
            val provider = LoginProvider { form: LoginForm -> if (form.user == "bad") error("on purpose") else LoginUser(form.user) }
            HyphaHub.start { login = provider }.use { hub ->
                val url = hub.start().text("login_url")
                Browser.logIn(url, "bad", "x").statusCode() shouldBe 500
                Browser.logIn(url, "ada", "x").statusCode() shouldBe 200
            }
        }

        test("guesses that are sent at the same time are no more than those that are sent one after the other") {
            val asked = AtomicInteger()
            val answer = CompletableDeferred<Unit>()
            val provider =
                LoginProvider {
                    asked.incrementAndGet()
                    answer.await()
                    null
                }
            HyphaHub.start { login = provider }.use { hub ->
                val key = hub.start().text("key")
                val guesses =
                    List(20) {
                        async(Dispatchers.IO) {
                            Browser.submit("${hub.url}/public/apps/hypha-login/", mapOf("key" to key, "user" to "ada", "password" to "$it"))
                        }
                    }
                // All but five are answered without the provider.
                while (guesses.count { it.isCompleted } < 15) yield()
                asked.get() shouldBe 5
                answer.complete(Unit)
                guesses.awaitAll()
                asked.get() shouldBe 5
                Browser.open("${hub.url}/public/apps/hypha-login/?key=$key").statusCode() shouldBe 404
            }
        }

        test("a provider that blocks its thread holds up nobody else") {
            val release = CountDownLatch(1)
            val count = 2 * Runtime.getRuntime().availableProcessors()
            val blocked = CountDownLatch(count)
            val provider =
                LoginProvider { form ->
                    blocked.countDown()
                    release.await()
                    LoginUser(form.user)
                }
            HyphaHub.start { login = provider }.use { hub ->
                val urls = List(count) { hub.start().text("login_url") }
                val logins = urls.map { async(Dispatchers.IO) { HttpClient.newHttpClient().logIn(it) } }
                try {
                    withTimeout(10.seconds) { runInterruptible(Dispatchers.IO) { blocked.await() } }
                    Browser.open("${hub.url}/health").statusCode() shouldBe 200
                } finally {
                    release.countDown()
                }
                logins.awaitAll() shouldBe List(count) { 200 }
            }
        }

        test("a hub without a login has no pages for it") {
            HyphaHub.start().use { hub ->
                hub.ask("start").statusCode() shouldBe 404
                Browser.open("${hub.url}/public/apps/hypha-login/").statusCode() shouldBe 404
            }
        }

        test("the pages are at the public address") {
            HyphaHub
                .start {
                    publicUrl = "https://hub.example.org/base/"
                    login = LoginProvider.withPassword(password)
                }.use { hub ->
                    val local = "http://127.0.0.1:${hub.port}/public/services/hypha-login"
                    val login = Json.parseToJsonElement(Browser.open("$local/start").body()).jsonObject
                    login.text("login_url") shouldStartWith "https://hub.example.org/base/public/apps/hypha-login/?key="
                    login.text("report_url") shouldEndWith "/base/public/services/hypha-login/report"
                    login["generate_url"] shouldBe null
                    login["key"] shouldNotBe null
                }
        }
    })

/** Sends the form over a socket of its own; the status. */
private fun HttpClient.logIn(url: String): Int {
    val body = "key=${url.substringAfter("key=")}&user=ada&password=x"
    val request = HttpRequest.newBuilder(URI(url.substringBefore('?'))).POST(HttpRequest.BodyPublishers.ofString(body)).build()
    return send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
}
