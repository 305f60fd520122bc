package io.hypha.rpc.connection

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull
import kotlin.io.encoding.Base64
import kotlin.io.encoding.ExperimentalEncodingApi

/**
 * When a token ends, in seconds since 1970-01-01T00:00Z, as its claim `exp` says; null for a token that is no JWT or does not say so.
 * Nothing is verified: only the server decides what a token is worth.
 */
@OptIn(ExperimentalEncodingApi::class)
internal fun expiryOf(token: String): Long? {
    val parts = token.split('.')
    if (parts.size != JWT_PARTS) return null
    return try {
        val claims =
            Base64.UrlSafe
                .withPadding(Base64.PaddingOption.PRESENT_OPTIONAL)
                .decode(parts[1])
                .decodeToString()
        val exp = (Json.parseToJsonElement(claims) as? JsonObject)?.get("exp") as? JsonPrimitive
        exp?.doubleOrNull?.toLong()?.takeIf { it > 0 }
    } catch (_: SerializationException) {
        null
    } catch (_: IllegalArgumentException) {
        // No base64.
        null
    }
}

private const val JWT_PARTS = 3
