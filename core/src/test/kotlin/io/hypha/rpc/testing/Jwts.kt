package io.hypha.rpc.testing

import kotlin.io.encoding.Base64
import kotlin.io.encoding.ExperimentalEncodingApi

/** A token that nobody has signed, with the given claims. */
@OptIn(ExperimentalEncodingApi::class)
internal fun jwtOf(
    claims: String,
    padded: Boolean = false,
): String {
    val padding = if (padded) Base64.PaddingOption.PRESENT else Base64.PaddingOption.ABSENT
    return "e30." + Base64.UrlSafe.withPadding(padding).encode(claims.encodeToByteArray()) + ".c2ln"
}

/** A token that ends at [end], in epoch seconds; [label] tells it from others. */
internal fun jwtUntil(
    end: Long,
    label: String = "",
): String = jwtOf("""{"exp":$end,"label":"$label"}""")
