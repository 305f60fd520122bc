package io.hypha.rpc.benchmarks.peer

import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.value.NDArray
import kotlinx.coroutines.flow.takeWhile

/** Calls the functions of [benchmarkService], typed. */
internal class HyphaLoad(
    private val service: RemoteService,
) : Load {
    private val doubles = DoubleArray(Load.ARRAY_ELEMENTS) { it * 0.5 }

    override suspend fun call() {
        service.call<String>("hello", NAME)
    }

    override suspend fun array() {
        service.call<NDArray>("echo", doubles)
    }

    override suspend fun items(deadline: Long): Int {
        var count = 0
        service.stream<Int>("count").takeWhile { System.nanoTime() < deadline }.collect { count++ }
        return count
    }

    /** Makes sure that what comes back is what was sent. */
    suspend fun check() {
        check(service.call<String>("hello", NAME) == "Hello $NAME") { "the call returned something else" }
        check(service.call<NDArray>("echo", doubles).toDoubleArray().contentEquals(doubles)) { "the array came back changed" }
    }

    private companion object {
        const val NAME = "microscope"
    }
}
