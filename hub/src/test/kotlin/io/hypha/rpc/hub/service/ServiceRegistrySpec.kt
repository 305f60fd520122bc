package io.hypha.rpc.hub.service

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf

class ServiceRegistrySpec :
    FunSpec({
        fun registry(vararg clients: String) = ServiceRegistry().apply { clients.forEach { register(entry("$it:built-in")) } }

        fun ServiceRegistry.ids(pattern: String): List<String> = find(ServiceId.parse(pattern, "w")).map { it.id.full }

        test("ignores services of a client whose built-in service is unknown, but in public and in the root's workspace") {
            val registry = registry()
            registry.register(entry("w/c:svc")) shouldBe Registration.Ignored
            registry.ids("*:*").shouldBeEmpty()
            registry.register(entry("public/c:svc")).shouldBeInstanceOf<Registration.Done>()
            registry.register(entry("ws-user-root/c:svc")).shouldBeInstanceOf<Registration.Done>()
        }

        test("finds services by every part of their ids, in the order of their registration") {
            val registry = registry("w/a", "w/b", "v/a")
            registry.register(entry("w/b:one"))
            registry.register(entry("w/a:one", app = "my-app"))
            registry.register(entry("w/a:two"))
            registry.register(entry("v/a:one"))
            registry.ids("one") shouldContainExactly listOf("w/b:one", "w/a:one")
            registry.ids("a:one") shouldContainExactly listOf("w/a:one")
            registry.ids("one@my-app") shouldContainExactly listOf("w/a:one")
            registry.ids("v/*:one") shouldContainExactly listOf("v/a:one")
            registry.ids("a:t*") shouldContainExactly listOf("w/a:two")
            registry.ids("*/one") shouldContainExactly listOf("w/b:one", "w/a:one", "v/a:one")
            registry.ids("v/b:one").shouldBeEmpty()
        }

        test("replaces a service that is registered again, and says so") {
            val registry = registry("w/a")
            val old = entry("w/a:one", type = "old")
            registry.register(old)
            val result = registry.register(entry("w/a:one", type = "new"))
            (result as Registration.Done).removed shouldContainExactly listOf(old)
            registry.find(ServiceId.parse("one", "w")).single().type shouldBe "new"
        }

        test("drives out others of the same name for a singleton, and keeps it alone") {
            val registry = registry("w/a", "w/b")
            val old = entry("w/a:one")
            registry.register(old)
            val result = registry.register(entry("w/b:one", config = mapOf("singleton" to true)))
            (result as Registration.Done).removed shouldContainExactly listOf(old)
            shouldThrow<IllegalArgumentException> { registry.register(entry("w/a:one")) }
            registry.ids("one") shouldContainExactly listOf("w/b:one")
        }

        test("bounds the services of one client") {
            val registry = registry("w/a", "w/b")
            repeat(1000) { registry.register(entry("w/a:s$it")) }
            shouldThrow<IllegalArgumentException> { registry.register(entry("w/a:one-more")) }.message!! shouldContain
                "Service quota exceeded: client w/a already has 1000 services (max 1000)."
            registry.register(entry("w/a:s5")).shouldBeInstanceOf<Registration.Done>()
            registry.register(entry("w/b:one-more")).shouldBeInstanceOf<Registration.Done>()
        }

        test("forgets the services of a client that left, and only those") {
            val registry = registry("w/a", "w/b")
            registry.register(entry("w/a:one"))
            registry.removeClient("w", "a")
            registry.ids("*:*") shouldContainExactly listOf("w/b:built-in")
        }

        test("takes back exactly the entry that it was given, not what stands in its place") {
            val registry = registry("w/a")
            val old = entry("w/a:one")
            registry.register(old)
            val new = entry("w/a:one")
            registry.register(new)
            registry.withdraw(old) shouldBe false
            registry.find(ServiceId.parse("a:one", "w")).single() shouldBe new
            registry.withdraw(new) shouldBe true
            registry.ids("a:one").shouldBeEmpty()
        }

        test("removes one service once") {
            val registry = registry("w/a")
            val one = entry("w/a:one")
            registry.register(one)
            registry.unregister(one.id) shouldBe one
            registry.unregister(one.id) shouldBe null
        }
    })
