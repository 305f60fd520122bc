package io.hypha.rpc.hub.manager

import io.hypha.rpc.RemoteException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class SearchSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var alice: HyphaConnection
        lateinit var bob: HyphaConnection

        beforeSpec {
            test = TestHub()
            alice = test.connect("alice", "alice")
            bob = test.connect("bob", "bob")
            alice.registerService("cell-counter") {
                visibility = Visibility.Public
                type = "vision"
                description = "Counts cells in images"
            }
            alice.registerService("image-store") { description = "Keeps images" }
            alice.registerService("hidden-images") { visibility = Visibility.Unlisted }
            bob.registerService("images") { description = "Images of bob" }
        }
        afterSpec { test.close() }

        suspend fun HyphaConnection.search(
            query: String?,
            vararg options: Pair<String, Any?>,
        ): List<String> =
            manager
                .call<List<Map<String, Any?>>>("search_services", query, kwargs = mapOf(*options))
                .map { it["id"].toString().substringAfter(':') }

        test("words are found in names and descriptions, the best match first") {
            alice.search("image") shouldBe listOf("image-store", "cell-counter")
            alice.search("count CELLS") shouldBe listOf("cell-counter")
            alice.search("nowhere") shouldBe emptyList()
        }

        test("a search finds what is in the own workspace, and what others show") {
            bob.search("image") shouldBe listOf("images", "cell-counter")
            alice.search("image", "include_unlisted" to true) shouldBe listOf("image-store", "hidden-images", "cell-counter")
        }

        test("filters, order and parts of the answer can be chosen") {
            alice.search(null, "filters" to mapOf("type" to "vis*")) shouldBe listOf("cell-counter")
            alice.search(null, "filters" to mapOf("client_id" to "alice"), "order_by" to "service_id") shouldBe
                listOf("built-in", "cell-counter", "image-store")
            val page =
                alice.manager.call<Map<String, Any?>>(
                    "search_services",
                    "image",
                    kwargs = mapOf("limit" to 1, "offset" to 1, "pagination" to true, "return_fields" to listOf("id", "name")),
                )
            page shouldBe
                mapOf(
                    "items" to listOf(mapOf("id" to "ws-user-alice/alice:cell-counter", "name" to "cell-counter")),
                    "total" to 2L,
                    "offset" to 1L,
                    "limit" to 1L,
                )
        }

        test("fields that there are not, and embeddings, are refused") {
            shouldThrow<RemoteException> { alice.search(null, "filters" to mapOf("colour" to "red")) }.message!! shouldContain
                "Unknown field 'colour'."
            shouldThrow<RemoteException> { alice.search(null, "limit" to 0) }.message!! shouldContain "limit must be 1"
            shouldThrow<RemoteException> { alice.manager.call<Any?>("search_services", listOf(0.1, 0.2)) }.message!! shouldContain
                "this hub searches words, not embeddings"
        }
    })
