package io.hypha.rpc.call

import io.hypha.rpc.RemoteException
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withRelay
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.maps.shouldContainAll
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import kotlinx.coroutines.async
import org.junit.jupiter.api.Test

/** Functions that travel on, and those that come home (protocol §4.3). */
class ForwardedFunctionsTest {
    private val mirror: Service =
        service("mirror") {
            visibility = Visibility.Public
            function("echo", param("value")) { value: Any? -> value }
            function("use", param("f")) { f: RemoteFunction -> f.call<String>("carol") }
        }

    private fun method(
        call: Message,
        argument: Int = 0,
    ): Map<String, Any?> = (call.args[argument] as Map<*, *>).entries.associate { it.key as String to it.value }

    @Test
    fun `a function of the same server travels on unchanged, unknown keys included`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            for (server in listOf(emptyMap(), mapOf("_rserver" to "http://127.0.0.1:1"), mapOf("_rserver" to null))) {
                val sent =
                    peer.method("services.svc.g", "_rname" to "g", "_renc_pub" to null, "_rasync" to true, "x-new" to listOf(1L, "a")) +
                        server
                val get = async { service.call<Any?>("f") }
                peer.resolve(peer.expect(), sent)
                val function = get.await()
                val pass = async { service.call<Any?>("f", function) }
                val call = peer.expect()
                method(call) shouldBe sent
                peer.resolve(call, null)
                pass.await() shouldBe null
            }
        }

    @Test
    fun `a bare target is made absolute with the workspace of the sender`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(mirror)
            val sent = mapOf("_rtype" to "method", "_rtarget" to "peer", "_rmethod" to "services.svc.g", "_rpromise" to "*")
            peer.send(
                peer.main("services.mirror.echo", "session" to "P1") + ("from" to "other/peer") + ("to" to "ws/alice"),
                promised(sent),
            )
            val reply = peer.expect()
            reply.args.single() shouldBe sent + ("_rtarget" to "other/peer")
        }

    private fun promised(argument: Any?) = mapOf("args" to listOf(argument), "promise" to "*", "t" to 15.0)

    @Test
    fun `a function of another server is handed on as one of this client's`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val get = async { service.call<RemoteFunction>("f") }
            peer.resolve(
                peer.expect(),
                peer.method("services.svc.g", "_rserver" to "http://elsewhere", "_rname" to "g", "_rdoc" to "does g"),
            )
            val function = get.await()
            val pass = async { service.call<Int>("f", function) }
            val call = peer.expect()
            val wrapped = method(call)
            wrapped shouldContainAll
                mapOf("_rtarget" to "ws/alice", "_rserver" to "http://127.0.0.1:1", "_rname" to "g", "_rdoc" to "does g")
            wrapped["_rmethod"] shouldNotBe "services.svc.g"
            val arguments = listOf(1, mapOf("k" to 2))
            val keywords = mapOf("promise" to "*", "t" to 15.0, "with_kwargs" to true)
            peer.call(wrapped["_rmethod"] as String, arguments, parent = call.session, extra = keywords)
            val forwarded = peer.expect()
            forwarded.method shouldBe "services.svc.g"
            forwarded.args shouldBe listOf(1L, mapOf("k" to 2L))
            forwarded.extra["with_kwargs"] shouldBe true
            peer.resolve(forwarded, "g's result")
            peer.expectResult() shouldBe "g's result"
            peer.resolve(call, 1)
            pass.await() shouldBe 1
        }

    @Test
    fun `a function that comes home is called without the way over the server`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<RemoteFunction>("f", callback { name: String -> "Hello $name from ${context.from}" }) }
            val call = peer.expect()
            peer.resolve(call, call.args[0])
            result.await().call<String>("John") shouldBe "Hello John from ws/alice"
            peer.expectNothing()
        }

    @Test
    fun `a function that comes home while the call runs takes and returns what a remote one does`() =
        withTwoClients { alice, bob ->
            bob.provideService(
                service("s") {
                    function("both", param("f")) { f: RemoteFunction -> f.call<String>(f, kwargs = mapOf("arg1" to listOf(1))) }
                },
            )
            val home =
                callback { self: RemoteFunction, items: List<Int> ->
                    if (items.isEmpty()) "end" else "home ${items.size} " + self.call<String>(self, emptyList<Int>())
                }
            alice.getServiceOf("bob", "s").call<String>("both", home) shouldBe "home 1 end"
        }

    @Test
    fun `a function that came home fails like a remote one`() =
        withTwoClients { alice, bob ->
            bob.provideService(mirror)
            val mirror = alice.getServiceOf("bob", "mirror")
            val home = mirror.call<RemoteFunction>("echo", callback { n: Int -> n.also { check(n < 5) { "$n is too much" } } })
            home.call<Int>(4) shouldBe 4
            val failure = shouldThrow<RemoteException> { home.call<Int>(5) }
            failure.message shouldBe "IllegalStateException: 5 is too much"
            shouldThrow<RemoteException> { home.call<Int>("x") }.remoteType shouldBe "TypeError"
        }

    @Test
    fun `an own service function that comes home is called directly`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(mirror)
            peer.call("services.built-in.get_service", listOf("mirror"))
            val echo = (peer.expectResult() as Map<*, *>)["echo"]
            val service = peer.give(alice, "f")
            val get = async { service.call<RemoteFunction>("f") }
            peer.resolve(peer.expect(), echo)
            val home = get.await()
            home.call<String>("hello") shouldBe "hello"
            val pass = async { service.call<Any?>("f", home) }
            val call = peer.expect()
            call.args.single() shouldBe echo
            peer.resolve(call, null)
            pass.await()
        }

    @Test
    fun `an own callback that came home is handed to a third client as a callback of its own`() =
        withRelay { relay ->
            val alice = relay.client("ws/alice")
            val bob = relay.client("ws/bob")
            val carol = relay.client("ws/carol")
            bob.provideService(mirror)
            carol.provideService(mirror)
            val home = alice.getServiceOf("bob", "mirror").call<RemoteFunction>("echo", callback { name: String -> "Hello $name" })
            alice.getServiceOf("carol", "mirror").call<String>("use", home) shouldBe "Hello carol"
        }

    @Test
    fun `a service function is handed to a third client, who calls its owner`() =
        withRelay { relay ->
            val alice = relay.client("ws/alice")
            val bob = relay.client("ws/bob")
            val carol = relay.client("ws/carol")
            bob.provideService(
                service(
                    "greeter",
                ) { function("greet", param("name")) { name: String -> "Hello $name, ${context.from}, ${context.user.id}" } },
            )
            carol.provideService(mirror)
            val greet = alice.getServiceOf("bob", "greeter")["greet"]
            alice.getServiceOf("carol", "mirror").call<String>("use", greet) shouldBe "Hello carol, ws/carol, user of ws/carol"
        }
}
