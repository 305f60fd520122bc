package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.hypha.rpc.ktor.TlsSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of the engines that are no part of the library these tests have JAVA on their class path, and not OKHTTP. */
@Timeout(60)
class EnginesTest {
    @Test
    @DisplayName("a connection can be made with another engine, or with the usual one by its name")
    void engines() {
        try (RootHub hub = new RootHub()) {
            try (HyphaClient client = hub.root().engine(KtorEngine.JAVA).connect()) {
                assertEquals("hi", client.echo("hi", String.class));
                assertTrue(
                        Thread.getAllStackTraces().keySet().stream()
                                .anyMatch(thread -> thread.getName().startsWith("HttpClient-")),
                        "the JDK's client has a thread of its own");
            }
            HyphaClientBuilder usual =
                    hub.root().engine(KtorEngine.JAVA).engine(KtorEngine.CIO).tls(TlsSettings.platform());
            try (HyphaClient client = usual.connect()) {
                assertEquals("hi", client.echo("hi", String.class));
            }
        }
    }

    @Test
    @DisplayName("an engine that is not there is refused where it is chosen, with what to add")
    void missing() {
        assumeFalse(isThere("io.ktor.client.engine.okhttp.OkHttp"), "the engine is on the class path of this run");
        HyphaClientBuilder builder = Hypha.builder("http://127.0.0.1:1");
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> builder.engine(KtorEngine.OKHTTP));
        assertEquals(
                "the engine OKHTTP is not there: add the artifact io.ktor:ktor-client-okhttp-jvm in the version of the"
                        + " other artifacts of Ktor",
                failure.getMessage());
        LoginSettings login = LoginSettings.create();
        assertThrows(IllegalStateException.class, () -> login.engine(KtorEngine.OKHTTP));
        LogoutSettings logout = LogoutSettings.create();
        assertThrows(IllegalStateException.class, () -> logout.engine(KtorEngine.OKHTTP));
    }

    @Test
    @DisplayName("trust of its own is for the usual engine only")
    void trust() {
        HyphaClientBuilder builder =
                Hypha.builder("https://127.0.0.1:1").engine(KtorEngine.JAVA).tls(TlsSettings.platform());
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, builder::connect);
        assertTrue(failure.getMessage().startsWith("tls is for CIO"), failure::getMessage);
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
