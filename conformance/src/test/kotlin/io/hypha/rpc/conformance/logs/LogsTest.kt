package io.hypha.rpc.conformance.logs

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.interfaceObject
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** What the log says of an ordinary day, and what it never says. */
class LogsTest :
    FunSpec({
        val ofCaller = CapturedLog()
        val ofProvider = CapturedLog()
        lateinit var token: String

        beforeSpec {
            HyphaHub.start().use { hub ->
                token = hub.createToken("ada")
                connect(hub, token, "provider", ofProvider).use { provider ->
                    val begun = CompletableDeferred<Unit>()
                    val id = provider.offer(begun)
                    connect(hub, token, "caller", ofCaller).use { caller -> traffic(caller.getService(id), begun) }
                    eventually(10.seconds) { ofProvider.debug("served").count { "wait" in it } shouldBe 1 }
                }
            }
        }

        test("at info and above nothing is said as long as nothing is amiss, failures that their callers hear of included") {
            (ofCaller.loud + ofProvider.loud).joinToString("\n") shouldBe ""
        }

        test("at debug a call can be followed by its id through both logs") {
            val begin = ofCaller.debug("of services.day.upper at").first()
            val id = begin.substringAfter("call ").substringBefore(' ')
            ofCaller.debug(id).shouldHaveSize(2).last() shouldContain "ws-user-ada/provider: done after "
            val (serving, served) = ofProvider.debug(id).shouldHaveSize(2)
            serving shouldBe "serving call $id of services.day.upper for ws-user-ada/caller"
            served shouldContain "served call $id of services.day.upper for ws-user-ada/caller: done after "
        }

        test("at debug it can be seen how a call failed, and the provider sees where") {
            ofCaller.debug("services.day.fail").last() shouldContain ": RemoteException after "
            ofCaller.debug("services.day.wait").map { it.substringAfter(": ", "").substringBefore(" after") }.toSet() shouldBe
                setOf("", "cancelled")
            ofCaller.debug("services.day.silent").last() shouldContain ": CallTimeoutException after "
            val failure = ofProvider.lines.single { "services.day.fail failed, called by ws-user-ada/caller" == it.text }
            failure.trace!! shouldContain "IllegalStateException: no such day"
            ofProvider.debug("refused call").single() shouldContain "of services.day.upper for ws-user-ada/caller: "
        }

        test("at debug the life of a connection can be followed") {
            ofCaller.debug("ws-user-ada/caller is").shouldHaveSize(2).let { (begin, end) ->
                begin shouldBe "ws-user-ada/caller is connected"
                end shouldBe "ws-user-ada/caller is closed: its user wanted so"
            }
            ofCaller.debug("a long message of").shouldNotBeEmpty()
        }

        test("what a program knows to expect has no stack trace") {
            ofCaller.lines.filter { it.trace != null }.shouldBeEmpty()
            ofProvider.lines.filter { it.trace != null }.map { it.text } shouldBe
                listOf("services.day.fail failed, called by ws-user-ada/caller")
        }

        test("no token, argument or result is in any line or trace") {
            val all = ofCaller.lines + ofProvider.lines
            all.map { it.toString() }.filter { MARKER in it || token in it || JWT in it }.shouldBeEmpty()
        }
    })

private const val MARKER = "marker-of-a-payload"
private const val JWT = "eyJ"
private val never = CompletableDeferred<String>()

private suspend fun connect(
    hub: HyphaHub,
    ofAda: String,
    id: String,
    log: HyphaLogger,
): HyphaConnection =
    connectToServer(hub.url) {
        token = ofAda
        clientId = id
        logger = log
    }

private suspend fun HyphaConnection.offer(begun: CompletableDeferred<Unit>): String =
    registerService("day") {
        function("upper", param("text")) { text: String -> text.uppercase() }
        function("size", param("data")) { data: ByteArray -> data.size }
        function("fail", param("text")) { text: String -> check(text.isEmpty()) { "no such day" } }
        function("wait", param("text")) { _: String ->
            begun.complete(Unit)
            never.await()
        }
        function("silent", param("text")) { _: String -> never.await() }
        function("each", param("f")) { f: RemoteFunction -> List(3) { f.call<String>(MARKER) } }
        function("items") { flow { while (true) emit(MARKER) } }
        function("lend") { interfaceObject { function("name") { MARKER } } }
    }.id

/** A little of everything, failures included. */
private suspend fun traffic(
    service: RemoteService,
    begun: CompletableDeferred<Unit>,
) = coroutineScope {
    service.call<String>("upper", MARKER) shouldBe MARKER.uppercase()
    service.call<Int>("size", MARKER.repeat(50_000).encodeToByteArray()) shouldBe MARKER.length * 50_000
    service.call<List<String>>("each", callback { text: String -> text }) shouldBe List(3) { MARKER }
    service.stream<String>("items").take(3).toList() shouldBe List(3) { MARKER }
    service.call<RemoteService>("lend").call<String>("name") shouldBe MARKER
    shouldThrow<HyphaException> { service.call<String>("fail", MARKER) }
    shouldThrow<HyphaException> { service.call<Int>("upper", listOf(MARKER)) }
    shouldThrow<HyphaException> { service.call<Int>("upper", MARKER) }
    shouldThrow<CallTimeoutException> { service["silent"].withTimeout(1.milliseconds).call<String>(MARKER) }
    val waiting = launch { service.call<String>("wait", MARKER) }
    begun.await()
    waiting.cancelAndJoin()
}
