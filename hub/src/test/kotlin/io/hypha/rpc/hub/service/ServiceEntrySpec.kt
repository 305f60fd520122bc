package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.value.NDArray
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.maps.shouldContainAll
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith

class ServiceEntrySpec :
    FunSpec({
        val user = UserInfo("u1", listOf("anonymous"))

        fun of(info: Map<String, Any?>) = ServiceEntry.of(info, "w", "c", user)

        fun refused(info: Map<String, Any?>): String = shouldThrow<IllegalArgumentException> { of(info) }.message.orEmpty()

        test("fills in everything that the wire form has") {
            of(mapOf("id" to "svc")).info shouldBe
                mapOf(
                    "id" to "w/c:svc",
                    "name" to "svc",
                    "type" to "generic",
                    "description" to null,
                    "docs" to null,
                    "app_id" to "*",
                    "service_schema" to null,
                    "config" to
                        mapOf(
                            "visibility" to "protected",
                            "require_context" to false,
                            "workspace" to "w",
                            "flags" to emptyList<Any?>(),
                            "singleton" to false,
                            "created_by" to mapOf("id" to "u1"),
                            "service_embedding" to null,
                            "authorized_workspaces" to null,
                        ),
                )
        }

        test("keeps what it does not know, and does not believe what only the hub knows") {
            val config = mapOf("workspace" to "forged", "created_by" to "forged", "my_key" to 7L)
            val entry = of(mapOf("id" to "w/c:svc", "extra" to listOf(1L), "config" to config))
            entry.info["extra"] shouldBe listOf(1L)
            @Suppress("UNCHECKED_CAST")
            (entry.info["config"] as Map<String, Any?>) shouldContainAll
                mapOf("workspace" to "w", "created_by" to mapOf("id" to "u1"), "my_key" to 7L)
        }

        test("keeps arrays as lists, and refuses what events cannot carry, and too much") {
            val embedding = mapOf("service_embedding" to NDArray.of(floatArrayOf(0.5f, 1f)))
            val config = of(mapOf("id" to "svc", "config" to embedding)).info["config"] as Map<*, *>
            config["service_embedding"] shouldBe listOf(0.5, 1.0)
            refused(mapOf("id" to "svc", "docs" to Any())) shouldStartWith
                "ValueError: The description of a service cannot be kept by the hub: docs"
            refused(mapOf("id" to "svc", "docs" to "x".repeat(2_000_000))) shouldStartWith "ValueError: "
        }

        test("tells the whole user in the built-in service") {
            val config = of(mapOf("id" to "built-in")).info["config"] as Map<*, *>
            config["created_by"] shouldBe user.toMap()
        }

        test("refuses services of other workspaces and clients") {
            refused(mapOf("id" to "v/c:svc")) shouldStartWith "PermissionError: "
            refused(mapOf("id" to "w/d:svc")) shouldStartWith "PermissionError: "
            refused(mapOf("id" to "*:svc")) shouldStartWith "PermissionError: "
        }

        test("refuses what cannot be") {
            val impossible =
                listOf(
                    mapOf(),
                    mapOf("id" to 5L),
                    mapOf("id" to "a.b"),
                    mapOf("id" to "a*"),
                    mapOf("id" to "s", "type" to "a/b"),
                    mapOf("id" to "s", "description" to "x".repeat(1025)),
                    mapOf("id" to "s", "config" to "none"),
                    mapOf("id" to "s", "config" to mapOf("visibility" to "private")),
                    mapOf("id" to "s", "config" to mapOf("authorized_workspaces" to "w")),
                    mapOf("id" to "s", "config" to mapOf("authorized_workspaces" to listOf(1L))),
                    mapOf("id" to "s", "config" to mapOf("visibility" to "public", "authorized_workspaces" to listOf("v"))),
                )
            for (info in impossible) refused(info) shouldStartWith "ValueError: "
        }
    })
