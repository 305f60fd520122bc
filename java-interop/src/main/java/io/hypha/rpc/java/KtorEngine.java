package io.hypha.rpc.java;

import io.ktor.client.engine.HttpClientEngineFactory;

/**
 * What opens the sockets of a connection: an engine of the Ktor client. {@link #CIO} is always there. Each of the
 * others comes in an artifact of its own, in the version of the other artifacts of Ktor, and is set up by itself, so
 * that {@code tls} is not for it.
 */
public enum KtorEngine {
    /** Runs everywhere; used when none is named. */
    CIO(null, null),

    /** The client of the JDK, with the artifact {@code io.ktor:ktor-client-java-jvm}. Carries more; not on Android. */
    JAVA("io.ktor.client.engine.java.Java", "ktor-client-java-jvm"),

    /** OkHttp, with the artifact {@code io.ktor:ktor-client-okhttp-jvm}. Uses the network settings of Android apps. */
    OKHTTP("io.ktor.client.engine.okhttp.OkHttp", "ktor-client-okhttp-jvm");

    private final String className;
    private final String artifact;

    KtorEngine(String className, String artifact) {
        this.className = className;
        this.artifact = artifact;
    }

    /**
     * The engine; {@code null} for the usual one.
     *
     * @throws IllegalStateException when its artifact is not there.
     */
    HttpClientEngineFactory<?> factory() {
        if (className == null) {
            return null;
        }
        try {
            // A Kotlin object; the rules for R8 keep it.
            return (HttpClientEngineFactory<?>)
                    Class.forName(className).getField("INSTANCE").get(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(
                    "the engine " + this + " is not there: add the artifact io.ktor:" + artifact
                            + " in the version of the other artifacts of Ktor",
                    e);
        }
    }
}
