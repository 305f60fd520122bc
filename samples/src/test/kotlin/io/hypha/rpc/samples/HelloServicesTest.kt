package io.hypha.rpc.samples

import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.java.Hypha
import io.hypha.rpc.ktor.connectToServer
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import kotlinx.coroutines.runBlocking

/** What every caller prints, whoever provides the service. */
private val conversation =
    listOf("Hello John", "42", "item 0", "item 1", "item 2", "done 0.25", "done 0.5", "done 0.75", "done 1.0")

class HelloServicesTest :
    FunSpec({
        val hub = HyphaHub.start()
        val kotlin = runBlocking { connectToServer(hub.url) }
        val java = Hypha.connect(hub.url)
        val providers =
            mapOf(
                "Kotlin" to runBlocking { HelloService.offer(kotlin).id },
                "Java" to JavaHelloService.offer(java).id,
            )
        val caller = runBlocking { connectToServer(hub.url) }
        afterSpec {
            caller.close()
            kotlin.close()
            java.close()
            hub.close()
        }

        providers.forEach { (language, id) ->
            test("the Kotlin caller talks to the $language service") {
                linesOf { runBlocking { CallService.call(id, hub.url) } } shouldContainExactly conversation
            }

            test("the $language service is found in every way") {
                val found = linesOf { runBlocking { FindServices.find(caller, id) } }
                found shouldContainExactly listOf("hello-world has add, count, hello, work", "there is one of them", "Hello John", "42")
                linesOf { Hypha.connect(hub.url).use { JavaFindServices.find(it, id) } } shouldContainExactly found
            }

            test("the Java caller talks to the $language service") {
                linesOf { JavaCallService.call(id, hub.url) } shouldContainExactly conversation + "Hello Ada, 43"
            }
        }
    })
