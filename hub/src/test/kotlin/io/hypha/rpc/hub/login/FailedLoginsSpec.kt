package io.hypha.rpc.hub.login

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TestTimeSource

class FailedLoginsSpec :
    FunSpec({
        test("thirty failures from one address are enough for a minute, and others do not feel it") {
            val clock = TestTimeSource()
            val failed = FailedLogins(clock)
            repeat(29) { failed.add("a") }
            failed.areTooMany("a") shouldBe false
            failed.add("a")
            failed.areTooMany("a") shouldBe true
            failed.areTooMany("b") shouldBe false
            clock += 61.seconds
            failed.areTooMany("a") shouldBe false
            failed.add("a")
            failed.areTooMany("a") shouldBe false
        }

        test("more addresses than can be remembered count as one, until there is room again") {
            val clock = TestTimeSource()
            val failed = FailedLogins(clock)
            repeat(10_000) { failed.add("known-$it") }
            repeat(30) { failed.add("new-$it") }
            failed.areTooMany("new-31") shouldBe true
            failed.areTooMany("known-1") shouldBe false
            clock += 61.seconds
            failed.add("new-31")
            failed.areTooMany("new-32") shouldBe false
        }
    })
