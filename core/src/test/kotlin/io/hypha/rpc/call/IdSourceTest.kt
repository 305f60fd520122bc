package io.hypha.rpc.call

import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test

class IdSourceTest {
    @Test
    fun `ids do not repeat and hold only letters and digits`() {
        val ids = IdSource().let { source -> List(1000) { source.next() } } + IdSource().next()
        ids.toSet() shouldHaveSize 1001
        ids.filterNot { id -> id.all { it in 'a'..'z' || it in '0'..'9' } } shouldBe emptyList()
    }

    @Test
    fun `random ids use every one of their 32 characters`() {
        val used = (1..100).flatMap { IdSource.randomId(22).toList() }.toSet()
        used shouldHaveSize 32
        used shouldNotContain 'l'
    }
}
