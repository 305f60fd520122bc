package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hypha.rpc.ConnectionClosedException;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.ktor.TlsSettings;
import java.nio.file.Path;
import java.security.KeyStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    @TempDir
    static Path folder;

    private static KeyStore serverKey;
    private static KeyStore clientKey;

    @BeforeAll
    static void makeKeys() throws Exception {
        serverKey = Certificates.key(folder, "server", "san=dns:localhost");
        clientKey = Certificates.key(folder, "client", "ku=digitalSignature");
    }

    @Test
    @DisplayName("a server with a certificate of its own is trusted when the client is told to, and else refused")
    void trust() throws Exception {
        try (HyphaHub hub = HyphaHub.start();
                TlsProxy proxy = new TlsProxy(hub.getPort(), serverKey, null)) {
            TlsSettings trusting = TlsSettings.trusting(Certificates.certificate(serverKey, "server"));
            try (HyphaClient client = Hypha.builder(proxy.url()).tls(trusting).connect()) {
                assertEquals("hi", client.echo("hi", String.class));
            }
            assertThrows(ConnectionClosedException.class, () -> Hypha.connect(proxy.url()));
            TlsSettings others = TlsSettings.trusting(Certificates.certificate(clientKey, "client"));
            assertThrows(
                    ConnectionClosedException.class,
                    () -> Hypha.builder(proxy.url()).tls(others).connect());
            assertThrows(
                    ConnectionClosedException.class,
                    () -> Hypha.builder(proxy.url()).tls(TlsSettings.platform()).connect());
        }
    }

    @Test
    @DisplayName("a certificate is for its host only, and one that names none is for nobody")
    void hostName() throws Exception {
        assertThrows(ConnectionClosedException.class, () -> echo(serverKey, "server", "127.0.0.1"));
        KeyStore elsewhere = Certificates.key(folder, "elsewhere", "san=dns:example.org");
        assertThrows(ConnectionClosedException.class, () -> echo(elsewhere, "elsewhere", "localhost"));
        assertThrows(ConnectionClosedException.class, () -> echo(clientKey, "client", "localhost"));
        KeyStore address = Certificates.key(folder, "address", "san=ip:127.0.0.1");
        assertEquals("hi", echo(address, "address", "127.0.0.1"));
        assertThrows(ConnectionClosedException.class, () -> echo(address, "address", "localhost"));
    }

    @Test
    @DisplayName("names and addresses are matched as certificates mean them")
    void kindsOfNames() throws Exception {
        KeyStore both = Certificates.key(folder, "both", "san=dns:localhost,ip:127.0.0.1");
        assertEquals("hi", echo(both, "both", "127.0.0.1"));
        assertEquals("hi", echo(both, "both", "LOCALHOST"));
        KeyStore below = Certificates.key(folder, "below", "san=dns:*.localhost");
        assertThrows(ConnectionClosedException.class, () -> echo(below, "below", "localhost"));
    }

    @Test
    @DisplayName("a certificate is trusted for those who vouch for it, as long as it is good")
    void chains() throws Exception {
        KeyStore signed = Certificates.signedKey(folder, "signed", "-ext", "san=dns:localhost");
        KeyStore old = Certificates.signedKey(
                folder, "old", "-ext", "san=dns:localhost", "-startdate", "-10d", "-validity", "5");
        try (HyphaHub hub = HyphaHub.start();
                TlsProxy good = new TlsProxy(hub.getPort(), Certificates.alone(signed, "signed"), null);
                TlsProxy bad = new TlsProxy(hub.getPort(), Certificates.alone(old, "old"), null)) {
            TlsSettings signer = TlsSettings.trusting(Certificates.certificate(signed, "root"));
            try (HyphaClient client = Hypha.builder(good.url()).tls(signer).connect()) {
                assertEquals("hi", client.echo("hi", String.class));
            }
            TlsSettings signerOfOld = TlsSettings.trusting(Certificates.certificate(old, "root"));
            HyphaClientBuilder outdated = Hypha.builder(bad.url()).tls(signerOfOld);
            assertThrows(ConnectionClosedException.class, outdated::connect);
            HyphaClientBuilder strange = Hypha.builder(good.url()).tls(signerOfOld);
            assertThrows(ConnectionClosedException.class, strange::connect);
        }
    }

    /** Connects to a server with that key under another name of this machine, and trusts it. */
    private static String echo(KeyStore key, String name, String host) throws Exception {
        TlsSettings trusting = TlsSettings.trusting(Certificates.certificate(key, name));
        try (HyphaHub hub = HyphaHub.start();
                TlsProxy proxy = new TlsProxy(hub.getPort(), key, null, host);
                HyphaClient client = Hypha.builder(proxy.url()).tls(trusting).connect()) {
            return client.echo("hi", String.class);
        }
    }

    @Test
    @DisplayName("a server that asks for a certificate gets the client's")
    void clientCertificate() throws Exception {
        KeyStore clients = Certificates.certificate(clientKey, "client");
        try (HyphaHub hub = HyphaHub.start();
                TlsProxy proxy = new TlsProxy(hub.getPort(), serverKey, clients)) {
            TlsSettings anonymous = TlsSettings.trusting(Certificates.certificate(serverKey, "server"));
            TlsSettings named = anonymous.withClientKey(clientKey, Certificates.PASSWORD);
            try (HyphaClient client = Hypha.builder(proxy.url()).tls(named).connect()) {
                assertEquals(1, client.echo(1, Integer.class));
            }
            assertThrows(
                    ConnectionClosedException.class,
                    () -> Hypha.builder(proxy.url()).tls(anonymous).connect());
            assertFalse(named.toString().contains("client"));
        }
    }

    @Test
    @DisplayName("stores without what is wanted of them are refused at once")
    void badStores() throws Exception {
        TlsSettings settings = TlsSettings.platform();
        KeyStore none = Certificates.certificate(serverKey, "server");
        assertThrows(IllegalArgumentException.class, () -> settings.withClientKey(none, Certificates.PASSWORD));
        assertThrows(
                IllegalArgumentException.class,
                () -> settings.withClientKey(clientKey, Certificates.PASSWORD, "nobody"));
        assertThrows(IllegalArgumentException.class, () -> TlsSettings.trusting(clientKey));
        char[] wrong = "another".toCharArray();
        assertThrows(IllegalArgumentException.class, () -> settings.withClientKey(clientKey, wrong));
        KeyStore unloaded = KeyStore.getInstance("PKCS12");
        assertThrows(IllegalArgumentException.class, () -> TlsSettings.trusting(unloaded));
        assertThrows(IllegalArgumentException.class, () -> settings.withClientKey(unloaded, wrong));
    }
}
