package io.hypha.rpc.ktor

import io.ktor.network.tls.CertificateAndKey
import io.ktor.network.tls.TLSConfigBuilder
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.KeyStoreException
import java.security.PrivateKey
import java.security.cert.X509Certificate
import javax.net.ssl.X509TrustManager

/**
 * Whom a client trusts at an `https` address, and with which certificate it shows who it is. Host names are checked in any case.
 *
 * ```
 * connectToServer("https://lab.example.org") { tls = TlsSettings.trusting(keyStore) }
 * ```
 *
 * An IPv6 address in place of a host name is refused by servers that take notice of the name they are asked for: CIO says the address there.
 *
 * Never changes: [withClientKey] makes another one.
 */
public class TlsSettings private constructor(
    private val trustManager: X509TrustManager?,
    private val clientKey: CertificateAndKey?,
) {
    /**
     * The same, with a certificate for servers that ask for one.
     *
     * @param keys holds the private key with its chain of certificates.
     * @param password opens the key; it is not kept.
     * @param alias which key; null when there is only one.
     * @throws IllegalArgumentException when there is no such key, or several and no alias, or the password does not open it.
     */
    @JvmOverloads
    public fun withClientKey(
        keys: KeyStore,
        password: CharArray,
        alias: String? = null,
    ): TlsSettings {
        val candidates =
            readable { keys.aliases().toList().filter { keys.isKeyEntry(it) && (alias == null || it.equals(alias, ignoreCase = true)) } }
        require(candidates.size == 1) {
            if (alias ==
                null
            ) {
                "the key store has ${candidates.size} keys; say which one, by its alias"
            } else {
                "the key store has no key '$alias'"
            }
        }
        val name = candidates.single()
        val key =
            try {
                keys.getKey(name, password) as? PrivateKey
            } catch (e: GeneralSecurityException) {
                throw IllegalArgumentException("the key '$name' cannot be opened with this password", e)
            }
        val chain = keys.getCertificateChain(name).orEmpty().filterIsInstance<X509Certificate>()
        require(key != null && chain.isNotEmpty()) { "the key '$name' is no private key with a certificate" }
        return TlsSettings(trustManager, CertificateAndKey(chain.toTypedArray(), key))
    }

    internal fun applyTo(
        builder: TLSConfigBuilder,
        host: String,
    ) {
        builder.trustManager = NamedServerTrust(host, trustManager ?: NamedServerTrust.trustOf(null))
        clientKey?.let { builder.certificates += it }
    }

    /** Says nothing of keys. */
    override fun toString(): String = "TlsSettings"

    /** The ways to trust. */
    public companion object {
        /** Trusts whom the platform trusts. */
        @JvmStatic
        public fun platform(): TlsSettings = TlsSettings(null, null)

        /** Trusts only those whom [manager] accepts. */
        @JvmStatic
        public fun trusting(manager: X509TrustManager): TlsSettings = TlsSettings(manager, null)

        /**
         * Trusts only the certificates in [certificates], and those that they vouch for.
         *
         * @throws IllegalArgumentException when there is none, or the key store is not loaded.
         */
        @JvmStatic
        public fun trusting(certificates: KeyStore): TlsSettings {
            val isThere = readable { certificates.aliases().toList().any(certificates::isCertificateEntry) }
            require(isThere) { "the key store has no certificate to trust" }
            return TlsSettings(NamedServerTrust.trustOf(certificates), null)
        }

        /** Java declares exceptions for key stores that nobody has loaded, which this library does not pass on. */
        private inline fun <T> readable(read: () -> T): T =
            try {
                read()
            } catch (e: KeyStoreException) {
                throw IllegalArgumentException("the key store is not loaded; call its load(...) first", e)
            }
    }
}
