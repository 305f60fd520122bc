package io.hypha.rpc.hub

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

class HubOptionsSpec :
    FunSpec({
        test("limits nothing by default but the size of frames and of queues") {
            val options = hubOptions { }
            options.host shouldBe "127.0.0.1"
            options.port shouldBe 0
            options.messageRate shouldBe 0.0
            options.maxFrameBytes shouldBe 16 * 1024 * 1024
            options.maxQueuedBytes shouldBe 64L * 1024 * 1024
            options.reconnectDelay shouldBe Duration.ZERO
        }

        test("lets nobody log in by default, and without a password on this machine only") {
            hubOptions { }.login shouldBe null
            val local = LoginProvider.withoutPassword()
            hubOptions { login = local }.login shouldBe local
            hubOptions {
                login = local
                publicUrl = "http://localhost:9000/base"
            }.login shouldBe local
            shouldThrow<IllegalArgumentException> {
                hubOptions {
                    login = local
                    host = "0.0.0.0"
                }
            }.message!! shouldContain "withPassword"
            shouldThrow<IllegalArgumentException> {
                hubOptions {
                    login = local
                    publicUrl = "https://hub.example.org"
                }
            }
            shouldThrow<IllegalArgumentException> { LoginProvider.withPassword("too short") }.message!! shouldNotContain "too short"
            hubOptions {
                login = LoginProvider.withPassword("long enough, it is")
                host = "0.0.0.0"
            }.login!!.asksForPassword shouldBe true
        }

        test("does not change when its builder does") {
            val builder = HubOptions.Builder().apply { port = 1234 }
            val options = builder.build()
            builder.port = 4321
            options.port shouldBe 1234
        }

        test("refuses values that cannot be") {
            val impossible =
                listOf<HubOptions.Builder.() -> Unit>(
                    { port = 65536 },
                    { port = -1 },
                    { publicUrl = "http://a b" },
                    { publicUrl = "http://" },
                    { loginTime = Duration.INFINITE },
                    { jwtSecret = "short" },
                    { rootToken = "short" },
                    { messageRate = -1.0 },
                    { messageRate = Double.NaN },
                    { messageRate = 5.0 },
                    { maxFrameBytes = 1000 },
                    { maxQueuedBytes = 1000 },
                    { idleTimeout = Duration.ZERO },
                    { reconnectDelay = (-1).seconds },
                    { reconnectionTokenLife = Duration.ZERO },
                    { workspaceGrace = (-1).seconds },
                    { eventLoops = 0 },
                )
            for (change in impossible) shouldThrow<IllegalArgumentException> { hubOptions(change) }
        }
    })
