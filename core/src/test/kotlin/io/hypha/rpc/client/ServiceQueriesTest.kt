package io.hypha.rpc.client

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.service.CaseConversion
import io.hypha.rpc.service.SelectionCriterion
import io.hypha.rpc.service.SelectionMode
import io.hypha.rpc.service.ServiceFilter
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.withManager
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** What a client says to the manager when it looks for services (protocol §7.6, §8.1, §8.2). */
@OptIn(ExperimentalCoroutinesApi::class)
class ServiceQueriesTest {
    /** What [ask] sends, answered with [answer]. */
    private suspend fun TestScope.sent(
        manager: ScriptedPeer,
        answer: Any?,
        ask: suspend () -> Unit,
    ): Message {
        val asking = async { ask() }
        val call = manager.expect()
        manager.resolve(call, answer)
        asking.await()
        return call
    }

    @Test
    fun `the options of a look-up travel in the words of the wire`() =
        withManager { alice, manager ->
            suspend fun config(configure: GetServiceOptions.() -> Unit): Any? =
                (sent(manager, mapOf("id" to "x")) { alice.getService("s", configure) }.args.getOrNull(1) as Map<*, *>?)?.get("config")
            config {} shouldBe null
            val modes =
                mapOf(
                    SelectionMode.Exact to "exact",
                    SelectionMode.Random to "random",
                    SelectionMode.First to "first",
                    SelectionMode.Last to "last",
                    SelectionMode.MinLoad to "min_load",
                    SelectionMode.NativeRandom to "native:random",
                    SelectionMode.select("get_load") to "select:min:get_load",
                    SelectionMode.select("rate", SelectionCriterion.Max) to "select:max:rate",
                    SelectionMode.select("ok", SelectionCriterion.FirstSuccess) to "select:first_success:ok",
                )
            for ((mode, word) in modes) config { this.mode = mode } shouldBe mapOf("mode" to word)
            config {
                timeout = 1500.milliseconds
                selectTimeout = 3.seconds
                caseConversion = CaseConversion.Both
            } shouldBe mapOf("timeout" to 1.5, "select_timeout" to 3.0, "case_conversion" to "camel+snake")
        }

    @Test
    fun `a look-up that is not valid is refused before anything is sent`() =
        withManager { alice, manager ->
            shouldThrow<IllegalArgumentException> { alice.getService("a/b/c") }.message shouldContain "more than one '/'"
            shouldThrow<IllegalArgumentException> { alice.getServiceInfo("*/c") }.message shouldContain "'*' in its workspace"
            for (time in listOf(Duration.ZERO, (-1).seconds, Duration.INFINITE)) {
                shouldThrow<IllegalArgumentException> { alice.getService("s") { timeout = time } }.message shouldContain "timeout must be"
                shouldThrow<IllegalArgumentException> { alice.getService("s") { selectTimeout = time } }.message shouldContain
                    "selectTimeout"
                shouldThrow<IllegalArgumentException> { alice.getServiceOf("bob", "s") { timeout = time } }.message shouldContain "timeout"
                shouldThrow<IllegalArgumentException> { alice.getServiceInfo("s", selectTimeout = time) }.message shouldContain
                    "selectTimeout"
            }
            for (client in listOf("", "/bob", "ws/", "a/b/c")) {
                withClue(client) {
                    shouldThrow<IllegalArgumentException> { alice.getServiceOf(client, "s") }.message shouldContain
                        "no client"
                }
            }
            shouldThrow<IllegalArgumentException> { alice.getServiceOf("bob", "") }.message shouldContain "is empty"
            for (name in listOf("", "a:b", "a b")) shouldThrow<IllegalArgumentException> { SelectionMode.select(name) }
            manager.expectNothing()
        }

    @Test
    fun `nobody waits longer for a service than the time-out and the choice take`() =
        withManager { alice, manager ->
            supervisorScope {
                val start = currentTime
                val waiting = async { alice.getService("s") { timeout = 5.seconds } }
                manager.expect()
                shouldThrow<CallTimeoutException> { waiting.await() }.message shouldContain "not found within 7s"
                currentTime - start shouldBe 7000
                val direct = async { alice.getServiceOf("bob", "s") { timeout = 5.seconds } }
                manager.expect()
                shouldThrow<CallTimeoutException> { direct.await() }
                currentTime - start shouldBe 12000
            }
        }

    @Test
    fun `a filter becomes a query, and flags keywords`() =
        withManager { alice, manager ->
            suspend fun args(filter: ServiceFilter.() -> Unit): Pair<List<Any?>, Any?> =
                sent(manager, emptyList<Any?>()) { alice.listServices(filter) }.let { it.args to it.extra["with_kwargs"] }
            args {} shouldBe (listOf(emptyMap<String, Any?>()) to null)
            args {
                workspace = "*"
                clientId = "bob-*"
                serviceId = "a|b"
                type = "generic"
                visibility = Visibility.Public
                appId = "app"
            } shouldBe
                (
                    listOf(
                        mapOf(
                            "workspace" to "*",
                            "client_id" to "bob-*",
                            "service_id" to "a|b",
                            "type" to "generic",
                            "app_id" to "app",
                            "visibility" to "public",
                        ),
                    ) to null
                )
            args {
                type = "t"
                includeUnlisted = true
                includeAppServices = true
                prioritizeRunning = true
            } shouldBe
                (
                    listOf(
                        mapOf("type" to "t"),
                        mapOf("include_unlisted" to true, "include_app_services" to true, "prioritize_running_services" to true),
                    ) to true
                )
        }

    @Test
    fun `text and map queries are sent as they are, unless they cannot be right`() =
        withManager { alice, manager ->
            sent(manager, emptyList<Any?>()) { alice.listServices("other/s") }.args shouldBe listOf("other/s")
            val map = mapOf("service_id" to "s", "id" to "s", "type" to "*")
            sent(manager, emptyList<Any?>()) { alice.listServices(map) }.args shouldBe listOf(map)
            val problems =
                mapOf<Any, String>(
                    "" to "the query is empty",
                    mapOf("typ" to "x") to "Invalid query keys: typ",
                    mapOf("type" to 5) to "is a text",
                    mapOf("type" to "a b") to "no pattern for type",
                    listOf("x") to "a query is a text or a map",
                )
            for ((query, problem) in problems) {
                withClue(query) { shouldThrow<IllegalArgumentException> { alice.listServices(query) }.message shouldContain problem }
            }
            shouldThrow<IllegalArgumentException> { alice.listServices { clientId = "ws/bob:x" } }.message shouldContain
                "no pattern for client_id"
            manager.expectNothing()
        }

    @Test
    fun `what the server knows of a service has its parts`() =
        withManager { alice, manager ->
            val known =
                mapOf(
                    "id" to "ws/bob:s",
                    "app_id" to "app",
                    "docs" to "long",
                    "service_schema" to mapOf("f" to mapOf("type" to "function")),
                    "config" to
                        mapOf(
                            "flags" to listOf("a"),
                            "singleton" to true,
                            "created_by" to mapOf("id" to "user-1"),
                            "visibility" to "public",
                        ),
                )
            val asking = async { alice.getServiceInfo("s", SelectionMode.First, 3.seconds, readAppManifest = true) }
            val call = manager.expect()
            call.method shouldBe "services.default.get_service_info"
            call.args shouldBe
                listOf("s", mapOf("config" to mapOf("mode" to "first", "select_timeout" to 3.0, "read_app_manifest" to true)))
            manager.resolve(call, mapOf("_rtype" to "pydantic_model", "_rvalue" to known))
            val info = asking.await()
            listOf(info.workspace, info.clientId, info.serviceId, info.appId, info.docs) shouldBe listOf("ws", "bob", "s", "app", "long")
            info.serviceSchema shouldBe mapOf("f" to mapOf("type" to "function"))
            listOf(info.flags, info.singleton, info.createdBy, info.visibility) shouldBe
                listOf(listOf("a"), true, mapOf("id" to "user-1"), "public")
        }

    @Test
    fun `a search returns a page`() =
        withManager { alice, manager ->
            val searching =
                async {
                    alice.searchServices("segments images") {
                        filters = mapOf("type" to "model")
                        limit = 2
                        offset = 4
                        orderBy = "name"
                        returnFields = listOf("id")
                        includeUnlisted = true
                    }
                }
            val call = manager.expect()
            call.method shouldBe "services.default.search_services"
            call.args.single() shouldBe
                mapOf(
                    "query" to "segments images",
                    "filters" to mapOf("type" to "model"),
                    "limit" to 2L,
                    "offset" to 4L,
                    "return_fields" to listOf("id"),
                    "order_by" to "name",
                    "pagination" to true,
                    "include_unlisted" to true,
                )
            manager.resolve(call, mapOf("items" to listOf(mapOf("id" to "ws/bob:s")), "total" to 5))
            val page = searching.await()
            page.items.map { it.id } shouldBe listOf("ws/bob:s")
            (page.total to page.offset) shouldBe (5L to 4)
            val bare = async { alice.searchServices() }
            manager.resolve(manager.expect(), listOf(mapOf("id" to "ws/bob:t")))
            bare.await().run { items.single().id to total } shouldBe ("ws/bob:t" to null)
            shouldThrow<IllegalArgumentException> { alice.searchServices { limit = 0 } }.message shouldContain "at least 1"
            shouldThrow<IllegalArgumentException> { alice.searchServices { offset = -1 } }.message shouldContain "not be negative"
            manager.expectNothing()
        }
}
