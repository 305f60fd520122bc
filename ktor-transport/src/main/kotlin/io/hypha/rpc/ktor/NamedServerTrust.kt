package io.hypha.rpc.ktor

import java.net.InetAddress
import java.security.KeyStore
import java.security.cert.CertificateException
import java.security.cert.X509Certificate
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager

/**
 * Trusts whom [trusted] trusts, if the certificate says that it is for [host] or at least for some host name. The engine compares the names
 * that are there, but takes a certificate without any, or without addresses where the host is one, to be for everybody.
 */
internal class NamedServerTrust(
    private val host: String,
    private val trusted: X509TrustManager,
) : X509TrustManager by trusted {
    override fun checkServerTrusted(
        chain: Array<out X509Certificate>,
        authType: String?,
    ) {
        trusted.checkServerTrusted(chain, authType)
        val names = chain.first().subjectAlternativeNames.orEmpty()
        val isNamed =
            if (isAddress(host)) {
                val address = InetAddress.getByName(host)
                names.any { it[0] == ADDRESS && InetAddress.getByName(it[1] as String) == address }
            } else {
                names.any { it[0] == NAME }
            }
        if (!isNamed) throw CertificateException("the certificate of the server is not for $host")
    }

    internal companion object {
        private const val NAME = 2
        private const val ADDRESS = 7
        private val addresses = Regex("""[0-9.]+|\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?""")

        private fun isAddress(host: String): Boolean = addresses.matches(host)

        /** Whom the certificates in [store] vouch for; null for those of the platform. */
        fun trustOf(store: KeyStore?): X509TrustManager {
            val factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
            factory.init(store)
            return factory.trustManagers.filterIsInstance<X509TrustManager>().first()
        }
    }
}
