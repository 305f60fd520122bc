package io.hypha.rpc.conformance.faults

import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import org.junit.jupiter.api.Test

/** What the soak looks at must see what it is there to see. */
class WorkRecordTest {
    private val record = WorkRecord()

    private fun work(
        runs: Int,
        certainty: WorkRecord.Certainty,
    ) {
        val number = record.begin()
        repeat(runs) { record.done(number) }
        record.end(number, certainty)
    }

    @Test
    fun `work that was done as its callers believe is right`() {
        repeat(5000) { work(1, WorkRecord.Certainty.Ran) }
        work(0, WorkRecord.Certainty.DidNotRun)
        work(0, WorkRecord.Certainty.None)
        work(1, WorkRecord.Certainty.None)
        record.wrong().shouldBeEmpty()
    }

    @Test
    fun `work that was done twice, or otherwise than its caller believes, is wrong`() {
        work(2, WorkRecord.Certainty.None)
        work(2, WorkRecord.Certainty.Ran)
        work(0, WorkRecord.Certainty.Ran)
        work(1, WorkRecord.Certainty.DidNotRun)
        record.wrong() shouldContainExactly
            listOf("work 0 ran 2 times, of which its caller is certain: None", "work 1 ran 2 times, of which its caller is certain: Ran") +
            listOf(
                "work 2 ran 0 times, of which its caller is certain: Ran",
                "work 3 ran 1 times, of which its caller is certain: DidNotRun",
            )
    }
}
