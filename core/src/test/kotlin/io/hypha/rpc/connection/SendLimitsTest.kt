package io.hypha.rpc.connection

import io.hypha.rpc.transport.ConnectionInfo
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test

/** How much a client lets itself send (protocol §1.8). */
class SendLimitsTest {
    private fun announced(
        rate: Double? = null,
        burst: Double? = null,
    ): ConnectionInfo {
        val entries = mutableMapOf("workspace" to JsonPrimitive("ws"), "client_id" to JsonPrimitive("a"))
        if (rate != null) entries["message_rate"] = JsonPrimitive(rate)
        if (burst != null) entries["message_burst"] = JsonPrimitive(burst)
        return ConnectionInfo(JsonObject(entries))
    }

    private fun limits(
        info: ConnectionInfo = announced(),
        rate: Double? = null,
        burst: Int? = null,
        slowdowns: Int = 0,
    ) = SendLimits.of(info, rate, burst, slowdowns).let { it.rate to it.burst }

    private val default = 180.0 to 1800.0

    @Test
    fun `a server that announces nothing gets nine tenths of what servers allow`() {
        limits() shouldBe default
    }

    @Test
    fun `a server that announces limits gets nine tenths of them`() {
        limits(announced(1000.0, 50.0)) shouldBe (900.0 to 45.0)
        limits(announced(10.0)) shouldBe (9.0 to 90.0)
        limits(announced(burst = 100.0)) shouldBe (180.0 to 90.0)
    }

    @Test
    fun `a server that announces a rate of 0 has no limit`() {
        SendLimits.of(announced(0.0, 0.0), null, null, 0).isUnlimited shouldBe true
        SendLimits.of(announced(0.0, 5.0), null, 7, 0).isUnlimited shouldBe true
    }

    @Test
    fun `an option is taken as it is`() {
        limits(announced(1000.0, 50.0), rate = 20.0) shouldBe (20.0 to 45.0)
        limits(announced(1000.0, 50.0), burst = 3) shouldBe (900.0 to 3.0)
        limits(announced(0.0), rate = 20.0, burst = 3) shouldBe (20.0 to 3.0)
        SendLimits.of(announced(1000.0), 0.0, null, 0).isUnlimited shouldBe true
    }

    @Test
    fun `announcements that cannot be meant count as none, and a burst is one message at least`() {
        for (rate in listOf(Double.NaN, -1.0, Double.POSITIVE_INFINITY, 1e-300)) limits(announced(rate)) shouldBe default
        for (burst in listOf(Double.NaN, -5.0, Double.NEGATIVE_INFINITY)) limits(announced(200.0, burst)) shouldBe default
        limits(announced(200.0, 0.0)) shouldBe (180.0 to 1.0)
        limits(announced(200.0, 1.0)) shouldBe (180.0 to 1.0)
        limits(announced(1e308, 1e308)) shouldBe (1e308 * 0.9 to 1e308 * 0.9)
    }

    @Test
    fun `each end of a link for its rate halves both, down to one message a second`() {
        limits(slowdowns = 1) shouldBe (90.0 to 900.0)
        limits(slowdowns = 2) shouldBe (45.0 to 450.0)
        limits(slowdowns = 30) shouldBe (1.0 to 1.0)
        limits(slowdowns = Int.MAX_VALUE) shouldBe (1.0 to 1.0)
        limits(rate = 0.5, slowdowns = 3) shouldBe (0.5 to 225.0)
    }

    @Test
    fun `a server that says that it has no limit, and ends a link for its rate, has one`() {
        limits(announced(0.0, 0.0), slowdowns = 1).first shouldBe 90.0
        limits(rate = 0.0, slowdowns = 1) shouldBe (90.0 to 900.0)
    }
}
