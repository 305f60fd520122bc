package io.hypha.rpc.conformance.python

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.call.param
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldEndWith
import kotlinx.coroutines.flow.flowOf

/** Calls of the reference server's workspace manager, which is a Python peer itself. */
internal val managerCalls: List<KotlinCall> =
    listOf(
        KotlinCall("js registers service") { registerService() },
        KotlinCall("list_services") {
            during("list_services") { stage.connection.listServices() }.map { it.entries } shouldBe receivedValue(resultIn("list_services"))
        },
        KotlinCall("generate_token") {
            during("generate_token") { stage.connection.manager.call<String>("generate_token") } shouldBe "<jwt>"
        },
        KotlinCall(listOf("js registers service", "unregister")) {
            registerService()
            during("unregister") { stage.connection.unregisterService("js-svc") }
        },
        KotlinCall("ping manager") { during("ping manager") { stage.connection.echo("x") } shouldBe "x" },
        KotlinCall("call peer that does not exist") {
            val failure = during("call peer that does not exist") { shouldThrow<CallTimeoutException> { vec["ghost"](1) } }
            failure.message shouldEndWith "/no-such-client:services.vec.echo was silent for 30s"
        },
    )

private suspend fun CallerStage.registerService() {
    val info =
        during("js registers service") {
            stage.connection.registerService("js-svc") {
                type = "js"
                description = "d"
                visibility = Visibility.Public
                function("hi", param("name")) { name: String -> "hi $name" }
                function("gen") { flowOf(1, 2) }
            }
        }
    info.id shouldBe "${stage.connection.workspace}/${stage.connection.clientId}:js-svc"
}
