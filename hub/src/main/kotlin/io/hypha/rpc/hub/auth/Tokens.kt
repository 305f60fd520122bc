package io.hypha.rpc.hub.auth

import com.nimbusds.jose.JOSEException
import com.nimbusds.jose.JWSAlgorithm
import com.nimbusds.jose.JWSHeader
import com.nimbusds.jose.crypto.MACSigner
import com.nimbusds.jose.crypto.MACVerifier
import com.nimbusds.jwt.JWTClaimsSet
import com.nimbusds.jwt.SignedJWT
import java.text.ParseException
import java.util.Base64
import java.util.Date

/**
 * Issues and checks the hub's tokens: JWTs signed with HS256 that hold the claims of protocol §9.4.
 *
 * @param secret at least 32 bytes.
 * @param reconnectionLife seconds for which the tokens for reconnecting are good.
 * @param epochSeconds the time of day.
 */
internal class Tokens(
    secret: ByteArray,
    private val reconnectionLife: Long = 0,
    private val epochSeconds: () -> Long = { System.currentTimeMillis() / MILLIS },
) {
    private val signer = MACSigner(secret)
    private val verifier = MACVerifier(secret)
    private val revoked = RevokedTokens(epochSeconds)

    /**
     * A token for [user] with exactly the user's scope, valid for [lifetime] seconds from now.
     *
     * @param isConfined whether it is for its current workspace only. Tokens for reconnecting name a workspace too, and may be for others.
     */
    fun issue(
        user: UserInfo,
        lifetime: Long,
        isConfined: Boolean = user.scope.currentWorkspace != null,
    ): String {
        val now = epochSeconds()
        val claims =
            JWTClaimsSet
                .Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(user.id)
                .issueTime(Date(now * MILLIS))
                .expirationTime(Date((now + lifetime) * MILLIS))
                .claim("gty", "client-credentials")
                .claim("scope", user.scope.toString())
                .claim(ROLES, user.roles)
                .claim(EMAIL, user.email)
                .claim(PARENT, user.parent)
                .claim(CREDENTIAL, user.credential)
                .claim(CONFINED, isConfined)
                .build()
        return SignedJWT(JWSHeader(JWSAlgorithm.HS256), claims).apply { sign(signer) }.serialize()
    }

    /** The user that a token stands for. */
    fun verify(token: String): UserInfo {
        val user = user(verified(token))
        if (isRevoked(user)) throw TokenProblem(REVOKED)
        return user
    }

    /** Makes a valid token invalid, and the tokens for reconnecting that came of it. Who is connected stays. */
    fun revoke(token: String) {
        val user = verify(token)
        revoked.add(user.credential!!, maxOf(user.expiresAt!!, epochSeconds() + reconnectionLife))
    }

    /** Whether the token with which [user] came has been revoked. */
    fun isRevoked(user: UserInfo): Boolean = user.credential != null && revoked.contains(user.credential)

    private fun user(jwt: SignedJWT): UserInfo =
        orInvalid {
            val claims = jwt.jwtClaimsSet
            val scope = Scope.parse(claims.getStringClaim("scope").orEmpty())
            UserInfo(
                id = claims.subject,
                roles = claims.getStringListClaim(ROLES).orEmpty(),
                scope = scope,
                email = claims.getStringClaim(EMAIL),
                parent = claims.getStringClaim(PARENT),
                expiresAt = claims.expirationTime.time / MILLIS,
                // The bytes, not the text of the signature: several texts stand for the same bytes.
                credential = claims.getStringClaim(CREDENTIAL) ?: Base64.getEncoder().encodeToString(jwt.signature.decode()),
                isConfined = claims.getBooleanClaim(CONFINED) ?: (scope.currentWorkspace != null),
            )
        }

    private fun verified(token: String): SignedJWT =
        orInvalid {
            val jwt = SignedJWT.parse(token)
            if (jwt.header.algorithm != JWSAlgorithm.HS256 || !jwt.verify(verifier)) throw TokenProblem(INVALID)
            val claims = jwt.jwtClaimsSet
            val complete = !claims.subject.isNullOrEmpty() && claims.expirationTime != null
            if (!complete || claims.issuer != ISSUER || AUDIENCE !in claims.audience) throw TokenProblem(INVALID)
            if (claims.expirationTime.time / MILLIS <= epochSeconds()) throw TokenProblem(EXPIRED)
            jwt
        }

    private inline fun <T> orInvalid(read: () -> T): T =
        try {
            read()
        } catch (e: ParseException) {
            throw TokenProblem(INVALID, e)
        } catch (e: JOSEException) {
            throw TokenProblem(INVALID, e)
        }

    companion object {
        /** The detail for tokens that were good once. */
        const val EXPIRED = "The token has expired. Please fetch a new one"
        const val REVOKED = "Token has been revoked"
        private const val INVALID = "The token is invalid"

        private const val MILLIS = 1000L
        private const val ISSUER = "https://amun.ai/"
        private const val AUDIENCE = "https://amun-ai.eu.auth0.com/api/v2/"
        private const val ROLES = "https://amun.ai/roles"
        private const val EMAIL = "https://amun.ai/email"
        private const val PARENT = "https://amun.ai/parent"
        private const val CREDENTIAL = "credential"
        private const val CONFINED = "confined"
    }
}
