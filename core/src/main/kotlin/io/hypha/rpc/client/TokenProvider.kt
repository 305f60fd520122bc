package io.hypha.rpc.client

/**
 * Gives tokens to a connection: from a file, a key store or a login of yours.
 *
 * It is asked when the connection is made, and again before the token ends: five minutes before, or halfway to the end when the token
 * lives for less than ten minutes. When a token ends is read from its claim `exp`, or is what the server says of the user; a token that
 * ends nowhere is not asked for again. A connection that is there stays as it is; the newest token is for coming back.
 *
 * ```
 * connectToServer(url) { tokenProvider = TokenProvider { File("token.txt").readText().trim() } }
 * ```
 */
public fun interface TokenProvider {
    /**
     * A token that is valid now; null to be an anonymous user. May take up to [HyphaOptions.connectTimeout]. It is cancelled with the
     * connection, and never asked twice at the same time by one connection.
     *
     * Whatever it throws becomes the cause of an [AuthenticationException][io.hypha.rpc.AuthenticationException] when the connection is
     * made. Later the connection keeps the token that it has and asks again after 30 seconds.
     */
    public suspend fun token(): String?
}
