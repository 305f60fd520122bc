package io.hypha.rpc.call

import io.hypha.rpc.RemoteException
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Test

/** Functions that are passed as arguments, while the call runs. */
class CallbacksTest {
    private val worker =
        service("worker") {
            function("each", param("items"), param("report")) { items: List<Int>, report: RemoteFunction ->
                items.sumOf { report.call<Int>(it) }
            }
            function("ask", param("question")) { question: RemoteFunction -> question.call<String>(kwargs = mapOf("arg0" to "name?")) }
            function("sort", param("items"), param("options")) { items: List<Int>, options: Map<String, Any?> ->
                val key = options["by"] as RemoteFunction
                items.map { it to key.call<Int>(it) }.sortedBy { it.second }.map { it.first }
            }
            function("tryIt", param("task")) { task: RemoteFunction ->
                try {
                    task.call<Unit>()
                    "no failure"
                } catch (e: RemoteException) {
                    "${e.remoteType} said ${e.remoteMessage}"
                }
            }
            function("deep", param("down")) { down: RemoteFunction ->
                val up = callback { depth: Int, again: RemoteFunction -> if (depth == 0) "up" else "up " + again.call<String>(depth - 1) }
                down.call<String>(up)
            }
        }

    @Test
    fun `a callback is called with its own types and its result comes back`() =
        withTwoClients { alice, bob ->
            bob.provideService(worker)
            val seen = ArrayList<Int>()
            val report =
                callback { item: Int ->
                    context.from shouldBe "ws/bob"
                    seen += item
                    item * 10
                }
            alice.getServiceOf("bob", "worker").call<Int>("each", listOf(1, 2, 3), report) shouldBe 60
            seen shouldBe listOf(1, 2, 3)
        }

    @Test
    fun `a callback takes keywords and may stand anywhere in the arguments`() =
        withTwoClients { alice, bob ->
            bob.provideService(worker)
            val worker = alice.getServiceOf("bob", "worker")
            worker.call<String>("ask", callback { question: String -> "$question alice" }) shouldBe "name? alice"
            val options = mapOf("by" to callback { item: Int -> -item })
            worker.call<List<Int>>("sort", listOf(2, 3, 1), options) shouldBe listOf(3, 2, 1)
            worker.call<List<Int>>("sort", listOf(2, 3, 1), kwargs = mapOf("options" to options)) shouldBe listOf(3, 2, 1)
        }

    @Test
    fun `a callback that fails tells the handler, who may go on`() =
        withTwoClients { alice, bob ->
            bob.provideService(worker)
            val worker = alice.getServiceOf("bob", "worker")
            worker.call<String>("tryIt", callback0 { check(false) { "no luck" } }) shouldBe "IllegalStateException said no luck"
            worker.call<String>("tryIt", callback0 { }) shouldBe "no failure"
        }

    @Test
    fun `a failure that the handler lets through comes back with its own type, without prefixes`() =
        withTwoClients { alice, bob ->
            bob.provideService(worker)
            val worker = alice.getServiceOf("bob", "worker")
            val broken = callback { item: Int -> item.also { require(item < 2) { "$item is too much" } } }
            val failure = shouldThrow<RemoteException> { worker.call<Int>("each", listOf(1, 2, 3), broken) }
            failure.message shouldBe "IllegalArgumentException: 2 is too much"
            failure.remoteTrace shouldContain "CallbacksTest"
        }

    @Test
    fun `callbacks may be given callbacks, down and down`() =
        withTwoClients { alice, bob ->
            bob.provideService(worker)
            val down = callback { up: RemoteFunction -> up.call<String>(3, callback { depth: Int -> "down $depth" }) }
            alice.getServiceOf("bob", "worker").call<String>("deep", down) shouldBe "up down 2"
        }

    @Test
    fun `calls at the same time have each their own callbacks`() =
        withTwoClients { alice, bob ->
            bob.provideService(worker)
            val worker = alice.getServiceOf("bob", "worker")
            val sums = (1..20).map { n -> async { worker.call<Int>("each", listOf(1, 2), callback { item: Int -> item * n }) } }
            sums.awaitAll() shouldBe (1..20).map { it * 3 }
        }

    @Test
    fun `both sides may call each other's services with callbacks at the same time`() =
        withTwoClients { alice, bob ->
            alice.provideService(worker)
            bob.provideService(worker)
            val there = alice.getServiceOf("bob", "worker")
            val here = bob.getServiceOf("alice", "worker")
            val across = callback { item: Int -> here.call<Int>("each", listOf(item, item), callback { it: Int -> it + 1 }) }
            there.call<Int>("each", listOf(1, 2), across) shouldBe 10
        }
}
