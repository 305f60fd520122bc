package io.hypha.rpc.service

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.param
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.testing.withRelay
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.value.OrderedMap
import io.hypha.rpc.value.shape
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.currentCoroutineContext
import org.junit.jupiter.api.Test

/** A service as its users see it (protocol §7.1, §7.2, §7.7). */
class RemoteServiceTest {
    @Test
    fun `its properties and free config entries are those of the definition`() =
        withTwoClients { alice, bob ->
            bob.provideService(
                service("s") {
                    name = "The S"
                    type = "test"
                    description = "for tests"
                    docs = "long text"
                    requireContext = true
                    authorizedWorkspaces = listOf("friends")
                    config("flags", listOf("a"))
                    config("mine", mapOf("x" to 1))
                },
            )
            val remote = alice.getServiceOf("bob", "s")
            listOf(remote.id, remote.name, remote.type, remote.description, remote.docs) shouldContainExactly
                listOf("s", "The S", "test", "for tests", "long text")
            remote.config shouldBe
                mapOf(
                    "visibility" to "protected",
                    "require_context" to true,
                    "authorized_workspaces" to listOf("friends"),
                    "flags" to listOf("a"),
                    "mine" to mapOf("x" to 1L),
                    "workspace" to "ws",
                )
        }

    @Test
    fun `groups nest and everything is found by its dotted name`() =
        withTwoClients { alice, bob ->
            bob.provideService(
                service("s") {
                    group("a") {
                        value("limit", 5)
                        group("b") { function("f", param("x")) { x: Int -> x + 1 } }
                    }
                    value("list", listOf(1, "two"))
                    value("numbers", mapOf(1 to "one"))
                    function(LocalFunction("made", null, emptyList(), shape<Int>()) { 7 })
                    function("named", listOf(typedParam<Int>("x"), typedParam("y", default = 2))) { call ->
                        call.argument<Int>("x") * call.argument<Int>("y")
                    }
                },
            )
            val remote = alice.getServiceOf("bob", "s")
            remote.functionNames() shouldContainExactly listOf("a.b.f", "made", "named")
            remote.call<Int>("a.b.f", 1) shouldBe 2
            remote.value("a.limit") shouldBe 5L
            remote.value("list.1") shouldBe "two"
            remote.value("a.nope") shouldBe null
            remote.value("numbers").shouldBeInstanceOf<OrderedMap>()
            remote.call<Int>("made") shouldBe 7
            remote.call<Int>("named", 5) shouldBe 10
            remote.call<Int>("named", kwargs = mapOf("y" to 3, "x" to 5)) shouldBe 15
            for (name in listOf("a", "a.b", "a.limit", "nope", "a.b.f.g", "")) shouldThrow<MethodNotFoundException> { remote[name] }
        }

    @Test
    fun `handlers run where their service says`() =
        withTwoClients { alice, bob ->
            bob.provideService(
                service("s") {
                    coroutineContext = CoroutineName("workers")
                    function("where") { currentCoroutineContext()[CoroutineName]?.name }
                },
            )
            bob.provideService(service("t") { function("where") { currentCoroutineContext()[CoroutineName]?.name } })
            alice.getServiceOf("bob", "s").call<String>("where") shouldBe "workers"
            alice.getServiceOf("bob", "t").call<String>("where") shouldBe "hypha-rpc"
        }

    @Test
    fun `a service can be passed on, as an argument and as a result, and is called at its owner`() =
        withRelay { relay ->
            val alice = relay.client("ws/alice")
            val bob = relay.client("ws/bob")
            val carol = relay.client("ws/carol")
            carol.provideService(service("greeter") { function("greet", param("name")) { name: String -> "Hello $name, ${context.from}" } })
            bob.provideService(
                service("broker") {
                    function("find") { bob.getServiceOf("carol", "greeter") }
                    function("use", param("service")) { greeter: RemoteService -> greeter.call<String>("greet", "bob") }
                },
            )
            val broker = alice.getServiceOf("bob", "broker")
            val greeter = broker.call<RemoteService>("find")
            greeter.call<String>("greet", "alice") shouldBe "Hello alice, ws/alice"
            broker.call<String>("use", greeter) shouldBe "Hello bob, ws/bob"
        }
}
