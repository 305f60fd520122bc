package io.hypha.rpc.samples

import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.first

class OutageTest :
    FunSpec({
        test("the program shows that the server is gone, and goes on when it is back") {
            shouldGoOn(linesOf { Outage.main(emptyArray()) })
        }

        test("the program shows that the server is gone, and goes on when it is back, in Java") {
            shouldGoOn(linesOf { JavaOutage.main(emptyArray()) })
        }

        test("another network makes another connection, and the first one does not") {
            HyphaHub.start().use { hub ->
                connectToServer(hub.url).use { server ->
                    val changes = NetworkChanges(server)
                    changes.onAvailable("home")
                    changes.onAvailable("home")
                    server.echo("still here") shouldBe "still here"
                    server.state.value shouldBe ConnectionState.Connected(1)
                    changes.onAvailable("mobile")
                    server.state.first { it == ConnectionState.Connected(2) }
                    server.echo("back") shouldBe "back"
                }
            }
        }
    })

/** How many attempts there are nobody knows, nor what is shown beside what is booked. */
private fun shouldGoOn(lines: List<String>) {
    val (booked, shown) = lines.partition { it.startsWith("seat") }
    booked shouldContainExactly listOf("seat 1 is booked", "seat 2 is booked")
    val states = shown.map { it.substringBefore(",") }
    states.filterIndexed { i, state -> i == 0 || state != states[i - 1] }.take(2) shouldContainExactly listOf("online", "offline")
}
