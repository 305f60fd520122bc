package io.hypha.rpc.hub.socket

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class ServerSpec :
    FunSpec({
        test("the address on this machine is written as URLs have it") {
            Server.localHost("0.0.0.0") shouldBe "127.0.0.1"
            Server.localHost("::") shouldBe "[::1]"
            Server.localHost("::1") shouldBe "[::1]"
            Server.localHost("[::1]") shouldBe "[::1]"
            Server.localHost("hub.local") shouldBe "hub.local"
        }
    })
