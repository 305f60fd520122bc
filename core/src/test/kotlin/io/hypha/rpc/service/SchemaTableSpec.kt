package io.hypha.rpc.service

import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.value.Codecs
import io.hypha.rpc.value.MemoryView
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.value.OrderedMap
import io.hypha.rpc.value.RemoteError
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.value.codec
import io.hypha.rpc.value.shape
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.json.Json
import java.io.File
import kotlin.time.Duration
import kotlin.time.Instant
import kotlin.uuid.ExperimentalUuidApi
import kotlin.uuid.Uuid

/** The table "Types" of `docs/schemas.md`, row by row: every type has exactly the schema that stands there. */
@OptIn(ExperimentalUuidApi::class)
class SchemaTableSpec :
    FunSpec({
        class Coded

        val format = ValueFormat(Codecs(listOf(codec<Coded>("coded", decoder = { Coded() }))))
        val rows =
            listOf<Pair<String, List<Shape<*>>>>(
                "`Boolean`" to listOf(shape<Boolean>()),
                "`Byte`, `Short`, `Int`, `Long`" to listOf(shape<Byte>(), shape<Short>(), shape<Int>(), shape<Long>()),
                "`UByte`, `UShort`, `UInt`, `ULong`" to listOf(shape<UByte>(), shape<UShort>(), shape<UInt>(), shape<ULong>()),
                "`Float`, `Double`" to listOf(shape<Float>(), shape<Double>()),
                "`String`" to listOf(shape<String>()),
                "`Char`" to listOf(shape<Char>()),
                "`Int?`" to listOf(shape<Int?>()),
                "`Color`" to listOf(shape<Color>()),
                "`List<Int>`, `Array<Int>`, `IntArray`, `Flow<Int>`" to
                    listOf(shape<List<Int>>(), shape<Array<Int>>(), shape<IntArray>(), shape<Flow<Int>>()),
                "`Set<String>`" to listOf(shape<Set<String>>()),
                "`Map<String, Int>`, `Map<Int, Int>`" to listOf(shape<Map<String, Int>>(), shape<Map<Int, Int>>()),
                "`Map<Color, Int>`" to listOf(shape<Map<Color, Int>>()),
                "`Map<String, Any?>`, `OrderedMap`" to listOf(shape<Map<String, Any?>>(), shape<OrderedMap>()),
                "`Place`" to listOf(shape<Place>()),
                "`Figure`" to listOf(shape<Figure>()),
                "`Meters`" to listOf(shape<Meters>()),
                "`ByteArray`, `Bytes`, `MemoryView`, `ByteSource`" to
                    listOf(shape<ByteArray>(), shape<Bytes>(), shape<MemoryView>(), shape<ByteSource>()),
                "`NDArray`, `RemoteFunction`, `RemoteService`, `RemoteError`" to
                    listOf(shape<NDArray>(), shape<RemoteFunction>(), shape<RemoteService>(), shape<RemoteError>()),
                "`Instant`" to listOf(shape<Instant>()),
                "`Duration`" to listOf(shape<Duration>()),
                "`Uuid`" to listOf(shape<Uuid>()),
                "`Any`, `Any?`, `Unit`, class with a codec" to listOf(shape<Any>(), shape<Any?>(), shape<Unit>(), shape<Coded>()),
            )
        val table =
            File("../docs/schemas.md")
                .readLines()
                .dropWhile { !it.startsWith("| Kotlin type") }
                .drop(2)
                .takeWhile { it.startsWith("|") }
                .map { it.removeSurrounding("| ", " |").split(" | ") }

        test("the table and this test have the same rows") {
            rows.map { it.first } shouldContainExactly table.map { it.first() }
        }

        for ((name, shapes) in rows) {
            test("$name has the schema of the table") {
                val expected = Json.parseToJsonElement(table.single { it.first() == name }[1].removeSurrounding("`"))
                for (shape in shapes) {
                    val type = format.serializer(shape).descriptor
                    withClue(shape) { jsonOrNull(TypeSchemas(format.serializersModule, listOf(type)).of(type)) shouldBe expected }
                }
            }
        }
    })
