package io.hypha.rpc.jvm

import io.hypha.rpc.EncodingException
import io.hypha.rpc.value.Codecs
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.value.shape
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import org.junit.jupiter.api.Test
import java.lang.reflect.Type
import kotlin.reflect.javaType
import kotlin.reflect.typeOf

/** Beans of Java at one end, serializable classes of Kotlin at the other. */
class BeanPeersTest {
    @Serializable
    enum class Grade {
        Good,

        @SerialName("not-so-good")
        Bad,
    }

    @Serializable
    data class Sample(
        val name: String,
        val weights: List<Double>,
        val counts: Map<Int, Long>,
        val grade: Grade,
        val note: String? = "none",
        val parent: Sample? = null,
    )

    enum class BeanGrade {
        Good,

        @RemoteName("not-so-good")
        Bad,
    }

    class SampleBean {
        var name: String? = null
        var weights: List<Double>? = null
        var counts: Map<Int, Long>? = null
        var grade: BeanGrade? = null
        var note: String? = "first"
        var parent: SampleBean? = null
    }

    private object Plain : JavaValues {
        override fun knows(type: Class<*>): Boolean = type == Any::class.java

        override fun fit(
            value: Any,
            type: Class<*>,
        ): Any = value

        override fun isStream(type: Class<*>): Boolean = false

        override fun stream(
            items: Flow<Any?>,
            type: Class<*>,
        ): Any = items
    }

    private val kotlin = ValueFormat()
    private val java = ValueFormat(Codecs(), instances = JavaClasses(Plain))

    private fun written(
        value: Any?,
        format: ValueFormat,
    ): MsgPackReader {
        val out = MsgPackWriter()
        format.write(value, out, null)
        return MsgPackReader(out.finish().toBytes())
    }

    @OptIn(ExperimentalStdlibApi::class)
    private inline fun <reified T> asJava(message: MsgPackReader): T =
        java.read(java.serializer(JavaShapes(Plain).required(javaType<T>())), message, null)

    @OptIn(ExperimentalStdlibApi::class)
    private inline fun <reified T> javaType(): Type = typeOf<T>().javaType

    private val sample = Sample("a", listOf(0.5), mapOf(1 to 2L), Grade.Bad, null, Sample("b", listOf(), mapOf(), Grade.Good))

    @Test
    fun `a bean reads what a serializable class wrote`() {
        val bean = asJava<SampleBean>(written(sample, kotlin))
        bean.name shouldBe "a"
        bean.weights shouldBe listOf(0.5)
        bean.counts shouldBe mapOf(1 to 2L)
        bean.grade shouldBe BeanGrade.Bad
        bean.note shouldBe null
        bean.parent?.note shouldBe "none"
    }

    @Test
    fun `a serializable class reads what a bean wrote`() {
        val bean = asJava<SampleBean>(written(sample, kotlin))
        kotlin.read(kotlin.serializer(shape<Sample>()), written(bean, java), null) shouldBe sample
    }

    @Test
    fun `a Kotlin program refuses a class without a serializer in its own words`() {
        shouldThrow<EncodingException> { written(SampleBean(), kotlin) }.message shouldContain "@Serializable"
        shouldThrow<EncodingException> { written(Thread(), java) }.message shouldContain "HyphaCodec"
    }

    @Test
    fun `serializable classes go their own way among Java's`() {
        java.read(java.serializer(shape<Sample>()), written(sample, java), null) shouldBe sample
        asJava<Sample>(written(sample, java)) shouldBe sample
        asJava<List<Grade>>(written(listOf(Grade.Bad), java)) shouldBe listOf(Grade.Bad)
    }
}
