package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.value.References
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader

/**
 * Decodes the arguments of a call straight into the types of a function's parameters (protocol §3.7): positional ones first, then
 * keywords by name. An argument that the caller left out, or sent as nil for a parameter that cannot be null, becomes the default.
 */
internal class Arguments(
    private val format: ValueFormat,
    private val references: References,
) {
    fun bind(
        function: LocalFunction,
        encoded: Bytes?,
        withKeywords: Boolean,
    ): Array<Any?> {
        if (function.isVariadic) return arrayOf(all(function, encoded, withKeywords))
        val takesMore = function.extraKeywords != null
        val given = BooleanArray(function.parameters.size)
        val values = arrayOfNulls<Any?>(if (takesMore) given.size + 1 else given.size)
        if (takesMore) values[given.size] = LinkedHashMap<String, Any?>()
        if (encoded != null) {
            val reader = MsgPackReader(encoded, format.limits)
            val count = reader.readArrayHeader()
            val positional = if (withKeywords) count - 1 else count
            for (index in 0 until positional) readPositional(function, index, reader, values, given)
            if (withKeywords && count > 0) readKeywords(function, reader, values, given)
        }
        for (index in given.indices) if (!given[index]) values[index] = absent(function, index)
        return values
    }

    private fun all(
        function: LocalFunction,
        encoded: Bytes?,
        withKeywords: Boolean,
    ): AllArguments {
        val values = encoded?.let { format.read(MsgPackReader(it, format.limits), references) as List<*> }.orEmpty()
        if (!withKeywords || values.isEmpty()) return AllArguments(values, emptyMap())
        val keywords = values.last() as? Map<*, *> ?: throw EncodingException("the keyword arguments are no map")
        val named = keywords.entries.associate { (name, value) -> name.toString() to value }
        return AllArguments(values.dropLast(1), if (function.dropsContext) named - CONTEXT else named)
    }

    private fun readPositional(
        function: LocalFunction,
        index: Int,
        reader: MsgPackReader,
        values: Array<Any?>,
        given: BooleanArray,
    ) {
        if (index < given.size) {
            read(function, index, reader, values, given, "args[$index]")
            return
        }
        // JavaScript pads calls with undefined, which arrives as nil: that is no argument.
        if (function.ignoresSurplus) {
            reader.skip()
        } else if (!reader.tryReadNil()) {
            throw tooMany(function)
        }
    }

    private fun readKeywords(
        function: LocalFunction,
        reader: MsgPackReader,
        values: Array<Any?>,
        given: BooleanArray,
    ) {
        repeat(reader.readMapHeader()) {
            val name = reader.readKey()
            val index = function.parameters.indexOfFirst { it.name == name }
            when {
                index < 0 && (function.ignoresSurplus || (function.dropsContext && name == CONTEXT)) -> reader.skip()

                index < 0 && function.extraKeywords != null -> readExtra(name, function.extraKeywords, reader, values.last())

                index < 0 -> throw EncodingException("function '${function.name}' has no parameter '$name'; it has ${names(function)}")

                given[index] -> throw EncodingException(
                    "function '${function.name}' got its parameter '$name' twice, by position and by keyword",
                )

                else -> read(function, index, reader, values, given, "kwargs.$name")
            }
        }
    }

    @Suppress("UNCHECKED_CAST") // It was put there by bind.
    private fun readExtra(
        name: String,
        shape: Shape<*>,
        reader: MsgPackReader,
        target: Any?,
    ) {
        try {
            (target as MutableMap<String, Any?>)[name] = format.read(format.serializer(shape), reader, references)
        } catch (e: EncodingException) {
            throw e.within("kwargs.$name")
        }
    }

    private fun read(
        function: LocalFunction,
        index: Int,
        reader: MsgPackReader,
        values: Array<Any?>,
        given: BooleanArray,
        path: String,
    ) {
        val parameter = function.parameters[index]
        val serializer = format.serializer(parameter.shape)
        if (parameter.hasDefault && !serializer.descriptor.isNullable && reader.tryReadNil()) return
        try {
            values[index] = format.read(serializer, reader, references)
        } catch (e: EncodingException) {
            throw e.within(path)
        }
        given[index] = true
    }

    private fun absent(
        function: LocalFunction,
        index: Int,
    ): Any? {
        val parameter = function.parameters[index]
        if (parameter.hasDefault) return parameter.default
        if (format.serializer(parameter.shape).descriptor.isNullable) return null
        throw EncodingException("function '${function.name}' misses its argument '${parameter.name}'; it has ${names(function)}")
    }

    private fun tooMany(function: LocalFunction) =
        EncodingException("function '${function.name}' got more arguments than it has parameters; it has ${names(function)}")

    private fun names(function: LocalFunction) =
        if (function.parameters.isEmpty()) "no parameters" else "the parameters " + function.parameters.joinToString { it.name }

    private companion object {
        /** How Python's functions are handed the caller's context (protocol §9.1). */
        const val CONTEXT = "context"
    }
}
