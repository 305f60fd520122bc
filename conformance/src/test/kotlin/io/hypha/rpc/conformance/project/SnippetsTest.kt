package io.hypha.rpc.conformance.project

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe

class SnippetsTest :
    FunSpec({
        val source = "fun main() {\n    // tag::two[]\n    first()\n\n      second()\n    // end::two[]\n    third()\n}"
        val region = Region("two", "A.kt", "first()\n\n  second()")

        test("a region is what stands between its marks, without their indentation") {
            Snippets.regionsIn("A.kt", source) shouldContainExactly listOf(region)
        }

        test("regions nest, and the marks belong to none") {
            val nested = "// tag::all[]\na\n// tag::part[]\nb\n// end::part[]\n// end::all[]"
            Snippets.regionsIn("A.kt", nested).map { it.text } shouldContainExactly listOf("b", "a\nb")
        }

        test("a region that is never ended is an error") {
            shouldThrow<IllegalStateException> { Snippets.regionsIn("A.kt", "// tag::x[]") }.message shouldBe
                "A.kt: tag::x[] is never ended"
        }

        test("fenced blocks are found with their language and line") {
            Snippets.inMarkdown("Text\n```kotlin\n  a\n```\n\n```\nb\n```") shouldContainExactly
                listOf(Snippet("kotlin", 2, "a"), Snippet("", 6, "b"))
        }

        test("a block that is a region is fine") {
            Snippets.problem(Snippet("kotlin", 2, region.text), listOf(region)).shouldBeNull()
        }

        test("a block that differs names the closest region and the first different line") {
            Snippets.problem(Snippet("kotlin", 2, "first()\n\nother()"), listOf(region)) shouldBe
                "line 2: this kotlin block is no region of a source file; closest is 'two' in A.kt, which says in its line 3:\n" +
                "    second()\nwhere the block says:\n  other()"
        }

        test("a block without any region is an error") {
            Snippets.problem(Snippet("java", 7, "x"), listOf()) shouldBe
                "line 7: this java block is no region of a source file; there is no such region at all"
        }
    })
