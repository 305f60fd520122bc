package io.hypha.rpc.benchmarks.peer

import io.hypha.rpc.call.param
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.service
import io.hypha.rpc.value.NDArray
import kotlinx.coroutines.flow.flow

/** What is called: the same three functions as in `provider.mjs`. */
internal fun benchmarkService(): Service =
    service("benchmark") {
        visibility = Visibility.Public
        function("hello", param("name")) { name: String -> "Hello $name" }
        function("echo", param("array")) { array: NDArray -> array }
        function("count") {
            flow {
                var next = 0
                while (true) emit(next++)
            }
        }
    }
