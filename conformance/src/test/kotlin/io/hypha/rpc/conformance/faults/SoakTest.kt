package io.hypha.rpc.conformance.faults

import io.hypha.rpc.client.HyphaConnection
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.longs.shouldBeGreaterThan
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.job
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.random.Random
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/**
 * Ten clients that call each other in every way while faults of every kind happen to their connections and to the hub. `-Dsoak.time=2h`
 * makes it last, `-Dsoak.seed=…` repeats the faults and the calls of a run, though not what comes of them at the same moment.
 */
@Timeout(value = 30, unit = TimeUnit.DAYS)
class SoakTest {
    private val seed = System.getProperty("soak.seed")?.takeIf { it.isNotBlank() }?.toLong() ?: Random.nextLong()
    private val time = Duration.parse(System.getProperty("soak.time")?.takeIf { it.isNotBlank() } ?: "20s")
    private val random = Random(seed)
    private val ledger = Ledger()

    /** Of the proxies, in the order of the clients and as the system writes them. */
    private var ports = emptyList<String>()

    @Test
    fun `every call ends once, with a right result or by name, nothing runs twice, and nothing is left`() {
        println("soak: $time with the seed $seed (-Dsoak.seed=$seed)")
        warmUp()
        val before = Baseline()
        val heap = Heap.used()
        withClue("soak.seed=$seed") {
            FaultStage().use { stage -> runBlocking(Dispatchers.Default) { run(stage) } }
            runBlocking {
                eventually(20.seconds) {
                    System.gc()
                    val threads = before.newThreads().map { it.name }
                    withClue("$threads") { threads.shouldBeEmpty() }
                    val sockets = before.newSockets()
                    withClue("$sockets; the proxies of the clients: $ports") { sockets.shouldBeEmpty() }
                }
            }
            ledger.work.forget()
            val grown = Heap.used() - heap
            println("soak: the heap has grown by ${grown shr KIB} KiB, at the end of it all")
            grown shouldBeLessThan MOST_GROWTH
        }
    }

    /** Classes, pools and tables of the process are there before anything is counted. */
    private fun warmUp() =
        FaultStage.test {
            for (engine in Engines) {
                val provider = connect(proxy()) { this.engine = engine.factory }
                Workshop().open(provider)
                connect { this.engine = engine.factory }.getService("${provider.clientId}:${Workshop.ID}").shouldWork()
            }
        }

    private suspend fun run(stage: FaultStage) {
        val parents = List(CLIENTS) { Job() }
        val proxies = List(CLIENTS) { stage.proxy() }
        ports = proxies.map { "%04X".format(it.port) }
        val clients = List(CLIENTS) { connect(stage, it, proxies[it], parents[it]) }
        clients.forEach { Workshop(ledger.work).open(it) }
        val mischief = Mischief(stage, proxies, clients)
        traffic(clients, mischief)

        println("soak: ${ledger.calls} calls, ${ledger.succeeded} ok\n$ledger")
        val reconnections = clients.sumOf { it.statistics.generation - 1 }
        println("soak: $reconnections reconnections after ${mischief.total} faults: $mischief")
        ledger.problems.toList().shouldBeEmpty()
        ledger.running shouldBe 0
        ledger.work.wrong().shouldBeEmpty()
        ledger.succeeded shouldBeGreaterThan ledger.calls / 2
        reconnections shouldBeGreaterThan 0
        clients.forEach { it.shouldRest() }
        leave(clients, parents)
    }

    private suspend fun connect(
        stage: FaultStage,
        index: Int,
        proxy: FaultProxy,
        parent: Job,
    ): HyphaConnection =
        stage.connect(proxy) {
            clientId = "soak-$index"
            engine = Engines[index % Engines.size].factory
            coroutineContext = Dispatchers.Default + parent
            timeout = 5.seconds
            connectTimeout = 3.seconds
            reconnectWait = 5.seconds
            pingInterval = 500.milliseconds
            pingTimeout = 2.seconds
            maxLongMessageBytes = 256L shl 20
            idleSession = 10.seconds
        }

    /** Calls and faults for the time of the soak, then a quiet end: every call ends by itself. */
    private suspend fun traffic(
        clients: List<HyphaConnection>,
        mischief: Mischief,
    ) {
        // Not a child of this one, which would wait for calls that hang. Whoever fails in it, such as the faults, ends nothing else.
        val failures = CoroutineExceptionHandler { _, failure -> ledger.problems.add(failure) }
        val scope = CoroutineScope(Dispatchers.Default + SupervisorJob() + failures)
        val isOver = AtomicBoolean()
        val workers =
            clients.flatMapIndexed { index, client ->
                val targets = clients.filter { it !== client }.map { "${it.clientId}:${Workshop.ID}" }
                List(WORKERS) {
                    val traffic = Traffic(client, targets, ledger, Random(random.nextLong() + index))
                    scope.launch { while (!isOver.get()) traffic.step() }
                }
            }
        val hands = List(HANDS) { Random(random.nextLong()) }
        val faults = scope.launch { hands.forEachIndexed { hand, random -> launch { mischief.run(random, hand, HANDS) } } }
        val beats =
            scope.launch {
                while (true) {
                    delay(REPORT)
                    println("soak: ${ledger.calls} calls, ${ledger.succeeded} ok, ${mischief.total} faults, ${Heap.used() shr MIB} MiB")
                }
            }
        delay(time)
        faults.cancelAndJoin()
        beats.cancelAndJoin()
        mischief.end()
        isOver.set(true)
        val ended = withTimeoutOrNull(LastCalls) { workers.joinAll() }
        withClue({ "calls that hang: ${clients.map { "${it.clientId} ${it.state.value} ${it.statistics}" }}" }) {
            (ended != null) shouldBe
                true
        }
    }

    /** Calls of clients that went in the middle of them end as well. */
    private suspend fun HyphaConnection.shouldRest() =
        eventually(Rest) {
            withClue("$clientId ${state.value} $statistics") {
                statistics.outgoingCalls shouldBe 0
                statistics.incomingCalls shouldBe 0
                // What was returned and lost on the way is idle.
                statistics.sessions shouldBe 0
            }
        }

    /** What is kept for others ends with them: the last one, whoever that is, keeps nothing. */
    private suspend fun leave(
        clients: List<HyphaConnection>,
        parents: List<Job>,
    ) {
        val order = clients.indices.shuffled(random)
        for (index in order.dropLast(1)) {
            clients[index].close()
            clients[index].awaitClosed()
        }
        val last = clients[order.last()]
        last.awaitConnected(1)
        eventually(Rest) {
            withClue("${last.statistics}") {
                last.statistics.sessions shouldBe 0
                last.statistics.longMessages shouldBe 0
            }
        }
        last.close()
        last.awaitClosed()
        parents.forEach { it.children.toList().shouldBeEmpty() }
        parents.forEach { it.cancelAndJoin() }
    }

    private companion object {
        const val CLIENTS = 10
        const val WORKERS = 3

        /** So many faults happen at a time. */
        const val HANDS = 3
        const val KIB = 10
        const val MIB = 20
        const val MOST_GROWTH = 30L shl MIB

        /** Not that of the JDK: Ktor leaves the sockets of some of its lost links open. */
        val Engines = listOf(Engine.Cio, Engine.Ok)
        val REPORT = 1.minutes
        val LastCalls = 60.seconds
        val Rest = 40.seconds
    }
}
