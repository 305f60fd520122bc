package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.WireLimits
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain

class WriteErrorSpec :
    FunSpec({
        class Unknown

        test("an unsupported value is refused with its path, its type and what to do") {
            val problem = problemAt("args[0].image.meta") { wireOf(mapOf("args" to listOf(mapOf("image" to mapOf("meta" to Unknown()))))) }
            problem shouldContain "Unknown"
            problem shouldContain "@Serializable"
            problem shouldContain "codec"
        }

        test("the path leads through sets, orderedmaps and arrays of objects") {
            problemAt("[1]") { wireOf(setOf(1, Unknown())) }
            problemAt("7[0]") { wireOf(mapOf(7 to arrayOf(Unknown()))) }
            problemAt("true") { wireOf(mapOf(true to Unknown())) }
        }

        test("the path leads through serializable classes") {
            problemAt("[0].any.deep[1]") { wireOf(listOf(anything(mapOf("deep" to listOf(1, Unknown()))))) }
        }

        test("a bare lambda is refused with the hint to wrap it") {
            val lambda = { x: Int -> x }
            problemAt("on") { wireOf(mapOf("on" to lambda)) } shouldContain "callback {"
        }

        test("a generic class needs its static type") {
            problemAt("") { wireOf(Box(1)) } shouldContain "arg<"
            wireOf(arg(Box(1))) shouldBe mapOf("content" to 1L)
            problemAt("") { wireOf(1 to 2) } shouldContain "kotlin.Pair"
        }

        test("a map key that is no text, number or boolean is refused") {
            problemAt("m") { wireOf(mapOf("m" to mapOf(null to 1))) } shouldContain "nil"
            problemAt("m") { wireOf(mapOf("m" to mapOf(listOf("secret") to 1))) } shouldNotContain "secret"
        }

        test("a value that contains itself is refused, not followed for ever") {
            val list = ArrayList<Any?>()
            list.add(list)
            problemAt(List(100) { "[0]" }.joinToString("")) { wireOf(list) } shouldContain "contains itself"
            val map = HashMap<String, Any?>()
            map["self"] = map
            shouldThrow<EncodingException> { wireOf(map) }.problem shouldContain "contains itself"
        }

        test("nesting is allowed up to the limit, counted in levels on the wire") {
            fun nested(
                levels: Int,
                wrap: (Any?) -> Any?,
            ): Any? = (1..levels).fold(null as Any?) { inner, _ -> wrap(inner) }

            val format = ValueFormat(limits = WireLimits(maxDepth = 12))
            for ((perLevel, wrap) in listOf<Pair<Int, (Any?) -> Any?>>(
                1 to { listOf(it) },
                1 to { mapOf("k" to it) },
                2 to { setOf(it) },
                3 to { mapOf(1 to it) },
            )) {
                val form = wireTree { format.write(nested(12 / perLevel, wrap), it, null) }
                wireOf(format.read(wire(form), null), format) shouldBe form
                shouldThrow<EncodingException> { wireOf(nested(12 / perLevel + 1, wrap), format) }
            }
        }

        test("a codec that returns its own type is refused, not followed for ever") {
            val format = ValueFormat(Codecs(listOf(codec<Unknown>("u", encoder = { Unknown() }))))
            shouldThrow<EncodingException> { wireOf(Unknown(), format) }.problem shouldContain "contains itself"
        }

        test("text that is no valid Unicode is refused with its path") {
            problemAt("k[0]") { wireOf(mapOf("k" to listOf("\ud800"))) }
            problemAt("name") { wireOf(Settings("\ud800")) }
        }
    })

private fun anything(value: Any?): Everything =
    Everything(
        NDArray.scalar(1.0),
        OrderedMap(),
        RemoteError("e"),
        MemoryView(byteArrayOf()),
        kotlin.time.Instant.fromEpochSeconds(0),
        bytesOf(),
        value,
        byteArrayOf(),
        floatArrayOf(),
    )
