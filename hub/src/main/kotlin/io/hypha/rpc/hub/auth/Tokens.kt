package io.hypha.rpc.hub.auth

import com.nimbusds.jose.JOSEException
import com.nimbusds.jose.JWSAlgorithm
import com.nimbusds.jose.JWSHeader
import com.nimbusds.jose.crypto.MACSigner
import com.nimbusds.jose.crypto.MACVerifier
import com.nimbusds.jwt.JWTClaimsSet
import com.nimbusds.jwt.SignedJWT
import java.text.ParseException
import java.util.Date

/**
 * Issues and checks the hub's tokens: JWTs signed with HS256 that hold the claims of protocol §9.4.
 *
 * @param secret at least 32 bytes.
 * @param epochSeconds the time of day.
 */
internal class Tokens(
    secret: ByteArray,
    private val epochSeconds: () -> Long = { System.currentTimeMillis() / MILLIS },
) {
    private val signer = MACSigner(secret)
    private val verifier = MACVerifier(secret)
    private val revoked = RevokedTokens(epochSeconds)

    /** A token for [user] with exactly the user's scope, valid for [lifetime] seconds from now. */
    fun issue(
        user: UserInfo,
        lifetime: Long,
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
                .build()
        return SignedJWT(JWSHeader(JWSAlgorithm.HS256), claims).apply { sign(signer) }.serialize()
    }

    /** The user that a token stands for. */
    fun verify(token: String): UserInfo = user(verified(token))

    /** Makes a valid token invalid. */
    fun revoke(token: String) {
        val jwt = verified(token)
        revoked.add(jwt.signature.decode(), user(jwt).expiresAt!!)
    }

    private fun user(jwt: SignedJWT): UserInfo =
        orInvalid {
            val claims = jwt.jwtClaimsSet
            UserInfo(
                id = claims.subject,
                roles = claims.getStringListClaim(ROLES).orEmpty(),
                scope = Scope.parse(claims.getStringClaim("scope").orEmpty()),
                email = claims.getStringClaim(EMAIL),
                parent = claims.getStringClaim(PARENT),
                expiresAt = claims.expirationTime.time / MILLIS,
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
            if (revoked.contains(jwt.signature.decode())) throw TokenProblem(REVOKED)
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
    }
}
