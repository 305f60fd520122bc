package io.hypha.rpc.service

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.string.shouldContain
import org.junit.jupiter.api.Test

/** The forms of an id under which a service is asked for (protocol §7.4). */
class ServiceIdTest {
    @Test
    fun `every form is read into its parts`() {
        val forms =
            mapOf(
                "svc" to listOf(null, null, "svc", null),
                "client:svc" to listOf(null, "client", "svc", null),
                "ws/svc" to listOf("ws", null, "svc", null),
                "ws/client:svc" to listOf("ws", "client", "svc", null),
                "ws/client:svc@app" to listOf("ws", "client", "svc", "app"),
                "svc@app" to listOf(null, null, "svc", "app"),
                "svc@*" to listOf(null, null, "svc", "*"),
                "*:svc" to listOf(null, "*", "svc", null),
                "ws/*:svc-*" to listOf("ws", "*", "svc-*", null),
                "~" to listOf(null, null, "~", null),
                "ws/~" to listOf("ws", null, "~", null),
                "_rintf_x" to listOf(null, null, "_rintf_x", null),
            )
        for ((text, parts) in forms) {
            withClue(text) { ServiceId.parse(text).run { listOf(workspace, client, service, app) } shouldContainExactly parts }
        }
    }

    @Test
    fun `anything else is refused with its reason`() {
        val problems =
            mapOf(
                "" to "is empty",
                "my svc" to "'my svc' holds a space",
                "svc\n" to "holds a space or a control character",
                "a/b/svc" to "holds more than one '/'",
                "a:b:svc" to "holds more than one ':'",
                "svc@a@b" to "holds more than one '@'",
                "/svc" to "names no workspace before its '/'",
                "ws/:svc" to "names no client before its ':'",
                "ws/" to "names no service",
                "client:" to "names no service",
                "@app" to "names no service",
                "svc@" to "names no application",
                "svc@ws/app" to "goes on after its @app",
                "svc@a:b" to "goes on after its @app",
                "client:ws/svc" to "has its ':' before its '/'",
                "*/svc" to "has a '*' in its workspace",
                "ws-*/client:svc" to "has a '*' in its workspace",
                "bob:~" to "of '~', the manager",
                "~@app" to "of '~', the manager",
            )
        for ((text, problem) in problems) {
            withClue(text) { shouldThrow<IllegalArgumentException> { ServiceId.parse(text) }.message shouldContain problem }
        }
    }
}
