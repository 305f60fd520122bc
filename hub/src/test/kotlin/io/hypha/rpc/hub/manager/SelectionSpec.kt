package io.hypha.rpc.hub.manager

import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.CallContext
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.awaitCancellation

class SelectionSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var busy: HyphaConnection
        lateinit var idle: HyphaConnection
        lateinit var caller: HyphaConnection
        var asked: CallContext? = null

        beforeSpec {
            test = TestHub()
            caller = test.connect("alice", "caller")
            busy = test.connect("alice", "busy__rlb")
            idle = test.connect("alice", "idle__rlb")
            for ((client, load) in listOf(busy to 0.9, idle to 0.1)) {
                client.registerService("worker") {
                    visibility = Visibility.Public
                    function("load") {
                        asked = context
                        load
                    }
                    if (client == idle) function("only_idle") { "yes" }
                    function<Unit>("hangs") { awaitCancellation() }
                }
            }
            repeat(50) { busy.echo(it) }
        }
        afterSpec { test.close() }

        suspend fun select(
            mode: String,
            vararg config: Pair<String, Any?>,
        ): String =
            caller.manager
                .call<Map<String, Any?>>("get_service", "worker", mapOf("mode" to mode) + config)["id"]
                .toString()
                .substringAfter('/')

        test("the least busy client is the one that sent the fewest messages") {
            repeat(5) { select("min_load") shouldBe "idle__rlb:worker" }
        }

        test("a function of the services says which one is best") {
            select("select:min:load") shouldBe "idle__rlb:worker"
            select("select:max:load") shouldBe "busy__rlb:worker"
        }

        test("only those that have the function and answer come into question") {
            select("select:first_success:only_idle") shouldBe "idle__rlb:worker"
            select("select:max:hangs", "select_timeout" to 0.05)
            select("select:first_success:nothing")
        }

        test("whoever selects borrows no rights of the manager") {
            select("select:min:load")
            asked!!.from shouldBe "*/${test.hub.managerId}"
            asked!!.user.isAnonymous shouldBe true
            asked!!.user.roles shouldBe listOf("anonymous")
        }

        test("a description can be asked for in the same way") {
            val info = caller.manager.call<Map<String, Any?>>("get_service_info", "worker", mapOf("mode" to "select:min:load"))
            info["id"] shouldBe "ws-user-alice/idle__rlb:worker"
        }

        test("modes and timeouts that cannot be are refused") {
            shouldThrow<RemoteException> { select("select:best:load") }.message!! shouldContain "Unknown selection criteria: best"
            shouldThrow<RemoteException> { select("first", "timeout" to -1) }.message!! shouldContain "timeout must be a positive number"
            shouldThrow<RemoteException> { select("first", "select_timeout" to "x") }.message!! shouldContain "select_timeout must be"
        }

        test("services of an application are found by its name") {
            val app =
                test.connectWith("app-client", test.hub.createToken("alice"), configure = { appId = "painter" })
            app.registerService("worker") { function("f") { 1 } }
            caller.getService("worker@painter").id shouldBe "ws-user-alice/app-client:worker"
            caller.listServices(mapOf("app_id" to "painter")).map { it.id } shouldContainExactlyInAnyOrder
                listOf("ws-user-alice/app-client:built-in", "ws-user-alice/app-client:worker")
        }
    })
