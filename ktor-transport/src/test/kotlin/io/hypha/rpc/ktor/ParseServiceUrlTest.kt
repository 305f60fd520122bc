package io.hypha.rpc.ktor

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import org.junit.jupiter.api.Test

/** The addresses of services on the web (protocol §7.6). */
class ParseServiceUrlTest {
    @Test
    fun `every form is read into its parts`() {
        // server, workspace, client, service, app
        val forms =
            mapOf(
                "http://h/ws/services/svc" to listOf("http://h", "ws", "*", "svc", "*"),
                "https://h:9527/ws-1/services/client:svc" to listOf("https://h:9527", "ws-1", "client", "svc", "*"),
                "https://h/ws/services/client:svc@app" to listOf("https://h", "ws", "client", "svc", "app"),
                "https://h/ws/services/svc@app-1" to listOf("https://h", "ws", "*", "svc", "app-1"),
                "https://h/ws/services/*:Svc_2" to listOf("https://h", "ws", "*", "Svc_2", "*"),
                "https://h/base/ws/services/svc/" to listOf("https://h/base", "ws", "*", "svc", "*"),
                "https://h/a/b/ws/services/c:svc?token=hidden" to listOf("https://h/a/b", "ws", "c", "svc", "*"),
                "https://h/services/services/services" to listOf("https://h", "services", "*", "services", "*"),
                " HTTPS://h/ws/services/svc#part " to listOf("https://h", "ws", "*", "svc", "*"),
            )
        for ((url, parts) in forms) {
            withClue(url) {
                val read = parseServiceUrl(url)
                with(read) { listOf(serverUrl, workspace, clientId, serviceId, appId) } shouldBe parts
                read.id shouldBe "${parts[1]}/${parts[2]}:${parts[3]}@${parts[4]}"
                parseServiceUrl(read.toString()) shouldBe read
            }
        }
    }

    @Test
    fun `anything else is refused with its reason, which quotes no query`() {
        val problems =
            mapOf(
                "" to "must begin with http",
                "ws://h/ws/services/svc" to "must begin with http",
                "https:///ws/services/svc" to "names no host",
                "https://me@h/ws/services/svc" to "must not hold a user",
                "https://h/ws/svc" to "has no '/services/'",
                "https://h/ws/services" to "has no '/services/'",
                "https://h/ws/services/a/b" to "has no '/services/'",
                "https://h/services/svc" to "has no workspace",
                "https://h/Ws/services/svc" to "has no workspace",
                "https://h//services/svc" to "has no workspace",
                "https://h//ws/services/svc" to "has an empty part",
                "https://h/ws/services/a:b:c" to "has no valid service: 'b:c'",
                "https://h/ws/services/:svc" to "has no valid client: ''",
                "https://h/ws/services/svc@" to "has no valid app: ''",
                "https://h/ws/services/sv%20c" to "has no valid service",
                "https://h/w s/services/svc?token=hidden" to "is not valid",
                "https://me:hidden@h/w s/services/svc" to "is not valid",
            )
        for ((url, problem) in problems) {
            withClue(url) {
                val error = shouldThrow<IllegalArgumentException> { parseServiceUrl(url) }
                error.message!! shouldContain problem
                error.stackTraceToString() shouldNotContain "hidden"
            }
        }
    }
}
