package io.hypha.rpc.conformance.python

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList

/** Functions and streams as arguments and results, failures, and the caller's context. */
internal val functionCalls: List<KotlinCall> =
    listOf(
        KotlinCall("py raises") {
            val failure = during("py raises") { shouldThrow<RemoteException> { vec["fail"]("nope") } }
            failure.remoteType shouldBe "ValueError"
            failure.remoteMessage shouldBe "nope"
            failure.remoteTrace shouldStartWith "Traceback (most recent call last):\n"
            failure.remoteTrace.trimEnd() shouldEndWith "ValueError: nope"
        },
        KotlinCall("missing method") {
            val caller = "${stage.connection.workspace}/${stage.connection.clientId}"
            val failure = during("missing method") { shouldThrow<MethodNotFoundException> { vec["nope"](1) } }
            failure.message shouldBe "Method expired or not found: $caller:services.vec.nope"
        },
        KotlinCall("js callback called twice by py") {
            val numbers = ArrayList<Long>()
            val timesTen =
                callback { i: Long ->
                    numbers += i
                    i * 10
                }
            during("js callback called twice by py") { vec.call<List<Long>>("call_me", timesTen, 2) } shouldBe listOf(0, 10)
            numbers shouldBe listOf(0, 1)
        },
        KotlinCall(listOf("py generator", "py generator iterate")) {
            val numbers = during("py generator") { vec.call<Flow<Int>>("counter", 0, 3) }
            during("py generator iterate") { numbers.toList() } shouldBe listOf(0, 1, 2)
        },
        KotlinCall(listOf("py async generator", "py async generator early close")) {
            val numbers = during("py async generator") { vec.call<Flow<Int>>("acounter", 0, 100) }
            during("py async generator early close") { numbers.take(2).toList() } shouldBe listOf(0, 1)
        },
        KotlinCall(listOf("py returns function", "call returned function")) {
            val increment = during("py returns function") { vec.call<RemoteFunction>("make_fn") }
            increment.name shouldBe "<lambda>"
            during("call returned function") { increment.call<Int>(1) } shouldBe 2
        },
        KotlinCall(listOf("js get_service vec-ctx", "require_context")) {
            val service = during("js get_service vec-ctx") { stage.connection.getService(argumentOf("js get_service vec-ctx")) }
            during("require_context") { service.call<Map<String, Any?>>("ctx", 5) } shouldBe resultIn("require_context")
        },
    )

/** The first argument of the recorded call in [scenario], with today's names. */
internal fun CallerStage.argumentOf(scenario: String): String = stage.script.names.now(callIn(scenario).args.first() as String)
