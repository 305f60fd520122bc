package io.hypha.rpc.samples

import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.java.Hypha
import io.hypha.rpc.jvm.proxy
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.RemoteService
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking

class JavaTypedServicesTest :
    FunSpec({
        val hub = HyphaHub.start()
        val kotlin = runBlocking { connectToServer(hub.url) }
        val java = Hypha.connect(hub.url)
        val ofKotlin = runBlocking { TypedServices.offer(kotlin).id }
        val ofJava = JavaTypedServices.offer(java).id
        val spoken = listOf("version 1.0", "41 + 1 is 42", "counted [0, 1, 2]", "done 0.5", "done 1.0")
        afterSpec {
            java.close()
            kotlin.close()
            hub.close()
        }

        test("the interface is called on one side and implemented on the other, beside an annotated object") {
            linesOf { JavaTypedServices.main(emptyArray()) } shouldContainExactly spoken + "called by ws" + "half of 84 is 42"
        }

        test("the Java interface fits the service that a Kotlin interface describes") {
            linesOf { JavaTypedServices.call(java.getService(ofKotlin)) } shouldContainExactly spoken + "called by ws"
        }

        test("the Kotlin interface fits the service that a Java interface describes") {
            linesOf { runBlocking { TypedServices.call(kotlin.getService(ofJava)) } } shouldContainExactly spoken
            val calculator = kotlin.getService(ofJava).proxy<Calculator>()
            calculator.count(2).toList() shouldBe listOf(0, 1)
            calculator.callerName() shouldBe kotlin.workspace
        }

        test("others see the same functions, whichever language describes them") {
            val kotlins = kotlin.getService(ofKotlin)
            val javas = kotlin.getService(ofJava)
            javas.functionNames().sorted() shouldBe kotlins.functionNames().sorted()
            for (name in kotlins.functionNames()) withoutDefaults(javas, name) shouldBe withoutDefaults(kotlins, name)
            javas.description shouldBe kotlins.description
        }
    })

/** Only Java says what a default is: that of Kotlin is code. */
private fun withoutDefaults(
    service: RemoteService,
    name: String,
): Any? = without("default", service[name].schema)

private fun without(
    key: String,
    value: Any?,
): Any? = if (value is Map<*, *>) (value - key).mapValues { without(key, it.value) } else value
