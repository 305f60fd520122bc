package io.hypha.rpc.service

// JSON schemas of types that are described by what they stand for, not by their structure. Keys are the serial names of their descriptors.

private val anything = emptyMap<String, Any?>()
private val anObject = mapOf("type" to "object")
private val bytes = text("binary")

private fun text(format: String) = mapOf("type" to "string", "format" to format)

private val known: Map<String, Map<String, Any?>> =
    mapOf(
        "kotlin.Any" to anything,
        "kotlin.Unit" to anything,
        "kotlin.Char" to mapOf("type" to "string", "minLength" to 1, "maxLength" to 1),
        "kotlin.ByteArray" to bytes,
        "io.hypha.rpc.wire.Bytes" to bytes,
        "io.hypha.rpc.value.MemoryView" to bytes,
        "io.hypha.rpc.value.ByteSource" to bytes,
        "io.hypha.rpc.value.NDArray" to anObject,
        "io.hypha.rpc.value.OrderedMap" to anObject,
        "io.hypha.rpc.value.RemoteError" to anObject,
        "io.hypha.rpc.RemoteFunction" to anObject,
        "io.hypha.rpc.LocalFunction" to anObject,
        "io.hypha.rpc.RemoteService" to anObject,
        "kotlin.time.Instant" to text("date-time"),
        "kotlinx.datetime.Instant" to text("date-time"),
        "kotlinx.datetime.LocalDateTime" to text("date-time"),
        "kotlinx.datetime.LocalDate" to text("date"),
        "kotlin.time.Duration" to text("duration"),
        "kotlin.uuid.Uuid" to text("uuid"),
        "java.lang.Object" to anything,
        "java.lang.Number" to mapOf("type" to "number"),
        "java.math.BigInteger" to mapOf("type" to "integer"),
        "java.util.UUID" to text("uuid"),
        "java.net.URI" to text("uri"),
        "java.nio.ByteBuffer" to bytes,
        "java.io.InputStream" to bytes,
        "io.hypha.rpc.java.HyphaFunction" to anObject,
        "io.hypha.rpc.java.HyphaService" to anObject,
    )

/** The schema of the type with the serial name [name] when its structure does not say it; null for all others. */
internal fun knownSchema(name: String): Map<String, Any?>? = known[name]
