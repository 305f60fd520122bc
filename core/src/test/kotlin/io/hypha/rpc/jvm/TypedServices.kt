package io.hypha.rpc.jvm

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.Serializable

// What the tests of typed services have in common.

internal interface Calculator {
    suspend fun add(
        a: Int,
        b: Int = 10,
    ): Int

    fun count(n: Int): Flow<Int>
}

internal class PlainCalculator : Calculator {
    override suspend fun add(
        a: Int,
        b: Int,
    ): Int = a + b

    override fun count(n: Int): Flow<Int> = flow { for (i in 0 until n) emit(i) }
}

@Serializable
internal data class Spot(
    val x: Int,
    val y: Int = 0,
)

/** Bob provides [implementation] as the service `svc`; the result is Alice's proxy of it. */
internal suspend inline fun <reified T : Any> typed(
    alice: HyphaConnection,
    bob: HyphaConnection,
    implementation: T,
): T {
    bob.provide { implement<T>(implementation) }
    return alice.serviceOf("bob").proxy<T>()
}
