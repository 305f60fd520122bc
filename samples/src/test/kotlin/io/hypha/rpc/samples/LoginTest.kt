package io.hypha.rpc.samples

import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.hub.LoginProvider
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.io.File
import java.io.OutputStream
import java.io.PrintStream
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

class LoginTest :
    FunSpec({
        test("a person logs in at the hub that the sample starts, or at another one").config(blockingTest = true) {
            HyphaHub.start { login = LoginProvider.withoutPassword() }.use { hub ->
                for (args in listOf(emptyArray(), arrayOf(hub.url))) {
                    for (program in listOf(Login::main, JavaLogin::main)) {
                        afterAddress({ program(args) }) { address -> logIn(address, "ada") } shouldContainExactly
                            listOf("Hello ada", "You are ada in the workspace ws-user-ada", "A guest of ada may read")
                    }
                }
            }
        }

        test("the token of a file opens the connection, and the environment is asked for the rest") {
            HyphaHub.start().use { hub ->
                val file = File.createTempFile("token", ".txt")
                try {
                    file.writeText(hub.createToken("ada") + "\n")
                    Login.connectWithFreshTokens(hub.url, file).use { it.user.id shouldBe "ada" }
                    JavaLogin.connectWithFreshTokens(hub.url, file.toPath()).use { it.user().id shouldBe "ada" }
                } finally {
                    file.delete()
                }
            }
            if (System.getenv("HYPHA_SERVER_URL") == null) {
                shouldThrow<IllegalArgumentException> { Login.connectAsConfigured() }.message!! shouldContain "HYPHA_SERVER_URL"
            }
        }
    })

/** Runs the sample; the first line that it prints ends with an address, which [person] opens. The other lines. */
private fun afterAddress(
    sample: () -> Unit,
    person: (String) -> Unit,
): List<String> {
    val lines = LinkedBlockingQueue<String>()
    val real = System.out
    System.setOut(
        object : PrintStream(OutputStream.nullOutputStream()) {
            override fun println(line: Any?) {
                lines += "$line"
            }

            override fun println(line: String?) {
                lines += "$line"
            }
        },
    )
    try {
        val program = thread { sample() }
        val first = lines.poll(30, TimeUnit.SECONDS).shouldNotBeNull()
        first shouldStartWith "Log in at http://127.0.0.1:"
        person(first.substringAfter("Log in at "))
        program.join()
    } finally {
        System.setOut(real)
    }
    return lines.toList()
}

/** A browser, as far as it is needed here: sends the form of the page at [address]. */
private fun logIn(
    address: String,
    user: String,
) {
    val key = address.substringAfter("key=")
    val form =
        HttpRequest
            .newBuilder(URI(address.substringBefore('?')))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("key=$key&user=$user"))
    HttpClient.newHttpClient().send(form.build(), BodyHandlers.ofString()).statusCode() shouldBe 200
}
