package io.hypha.rpc.metrics

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.testing.connectOver
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.transport.LinkedPair
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test
import java.lang.reflect.InvocationHandler
import java.lang.reflect.Proxy

class GuardedMetricsTest {
    @Test
    fun `metrics that always throw harm nothing, and the log says so once`() =
        runTest {
            val log = mutableListOf<String>()
            val failing =
                Proxy.newProxyInstance(
                    javaClass.classLoader,
                    arrayOf(HyphaMetrics::class.java),
                    InvocationHandler { _, _, _ -> throw NoClassDefFoundError("no registry") },
                ) as HyphaMetrics
            val pair = LinkedPair(infoOf("alice"), infoOf("bob"))
            val alice =
                connectOver(pair.left) {
                    metrics = failing
                    logger = HyphaLogger { level, message, _ -> if (level >= HyphaLogger.Level.Info) log += "$level $message" }
                }
            val bob = connectOver(pair.right) { metrics = failing }
            bob.provide { function("one") { 1 } }
            repeat(3) { alice.serviceOf("bob").call<Int>("one") shouldBe 1 }
            log.shouldContainExactly("Warn the metrics failed with NoClassDefFoundError; further failures are not logged")
            alice.close()
            bob.close()
        }

    @Test
    fun `everything that the interface has is passed on`() {
        val told = mutableListOf<String>()
        val user =
            Proxy.newProxyInstance(javaClass.classLoader, arrayOf(HyphaMetrics::class.java)) { _, method, _ ->
                told += method.name
                null
            } as HyphaMetrics
        val guarded = GuardedMetrics(user, HyphaLogger.Silent)
        val members = HyphaMetrics::class.java.methods
        for (member in members) {
            member.invoke(guarded, *member.parameterTypes.map(::anything).toTypedArray())
        }
        told shouldContainExactly members.map { it.name }
    }

    private fun anything(type: Class<*>): Any? =
        when (type) {
            Int::class.java -> 1
            Long::class.java -> 1L
            String::class.java -> "e"
            CallOutcome::class.java -> CallOutcome.Success
            CalledFunction::class.java -> CalledFunctions.stream
            else -> error("no example of $type")
        }
}
