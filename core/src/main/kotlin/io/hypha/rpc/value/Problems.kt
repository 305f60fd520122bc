package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.MissingFieldException
import kotlinx.serialization.SerializationException

// Errors of kotlinx.serialization and of users' classes, in our words.

/** What a serializer or the constructor of a user's class threw, as the exception with a path that we throw. */
@OptIn(ExperimentalSerializationApi::class)
internal fun encodingProblem(e: IllegalArgumentException): EncodingException {
    val problem =
        when (e) {
            is MissingFieldException -> "The required ${fields(e.missingFields)} missing"
            is SerializationException -> e.message?.substringBefore('\n') ?: "The serializer failed"
            else -> "The value was refused: ${messageOf(e)}"
        }
    return EncodingException(problem, cause = e)
}

/** A message that somebody wrote for this very case; those of subclasses, such as `NumberFormatException`, quote the value. */
private fun messageOf(e: IllegalArgumentException): String? = if (e::class == IllegalArgumentException::class) e.message else typeName(e)

private fun fields(names: List<String>): String =
    if (names.size == 1) "field '${names[0]}' is" else "fields ${names.joinToString { "'$it'" }} are"

/** A reference where there is no call to hold it. */
internal fun refused(what: String): EncodingException =
    EncodingException("$what travels only as an argument or result of a call: the plain format refuses it")
