package io.hypha.rpc.java;

import java.util.Map;
import java.util.TreeMap;

/** Where Java users find something else than Kotlin users, and why. Rows that are not needed any more are an error. */
final class WantedDifferences {
    /** What only Kotlin has: what it belongs to and its name, and why. */
    static final Map<String, String> ONLY_KOTLIN = new TreeMap<>();

    /** What only Java has: what it belongs to and its name, and why. */
    static final Map<String, String> ONLY_JAVA = new TreeMap<>();

    /** What does not wait in either view, so that the other one returns no future. */
    static final Map<String, String> NOT_WAITING = new TreeMap<>();

    private WantedDifferences() {}

    static {
        onlyKotlin("HyphaConnection.coroutineContext", "internal");
        onlyKotlin("HyphaConnection.provideService", "internal");
        onlyKotlin("WorkspaceManager.checked", "internal");
        onlyKotlin("RemoteFunction.request", "internal");
        onlyJava("HyphaClient.onStateChange", "the changes of Kotlin's StateFlow");
        onlyJava("HyphaClient.echo", "inline in Kotlin");

        onlyKotlin("ConnectOptions.coroutineContext", "Java has executor");
        onlyKotlin("ConnectOptions.serializersModule", "of kotlinx.serialization");
        onlyKotlin("ConnectOptions.timeSource", "for tests");
        onlyKotlin("ConnectOptions.codecs", "Java's codec");
        onlyKotlin("ConnectOptions.instanceSerializers", "internal: how classes of Java travel");
        onlyKotlin("ConnectOptions.httpClient", "of Ktor");
        onlyJava("HyphaClientBuilder.codec", "Kotlin's codecs");
        onlyJava("HyphaClientBuilder.executor", "Kotlin has coroutineContext");
        onlyJava("HyphaClientBuilder.header", "one of the headers");
        onlyJava("HyphaClientBuilder.asyncTokenProvider", "Kotlin's tokenProvider suspends");
        for (String build : new String[] {"connect", "connectAsync", "getRemoteService", "getRemoteServiceAsync"}) {
            onlyJava("HyphaClientBuilder." + build, "functions of their own in Kotlin");
        }
        for (String options : new String[] {"LoginOptions", "LogoutOptions"}) {
            onlyKotlin(options + ".httpClient", "of Ktor");
        }

        onlyKotlin("RemoteService.wireValue", "internal");
        onlyKotlin("RemoteService.onClose", "internal");
        onlyKotlin("RemoteService.get", "Java's function");
        onlyKotlin("RemoteService.proxyOf", "internal");
        onlyKotlin("WorkspaceManager.registerServiceType", "Java has that of the client");
        onlyJava("HyphaService.function", "Kotlin's get");
        onlyJava("HyphaService.stream", "inline in Kotlin");
        onlyKotlin("RemoteFunction.connectionContext", "internal");
        onlyKotlin("RemoteFunction.ownedBy", "internal");
        onlyKotlin("RemoteFunction.invoke", "Java's call");
        onlyKotlin("RemoteFunction.doc", "Java's description");
        onlyJava("HyphaFunction.description", "Kotlin's doc");

        for (String name : new String[] {
            "workspace",
            "clientId",
            "user",
            "info",
            "state",
            "onStateChange",
            "forceReconnect",
            "statistics",
            "services",
            "missingServices",
            "manager",
            "getServiceSchema",
            "on",
            "once",
            "off",
            "close"
        }) {
            notWaiting("HyphaClient." + name, "asks nobody");
        }
        for (String name : new String[] {
            "id",
            "name",
            "type",
            "description",
            "docs",
            "config",
            "entries",
            "value",
            "serviceSchema",
            "functionNames",
            "function",
            "tools",
            "proxy",
            "withTimeout",
            "idempotent",
            "close",
            "stream"
        }) {
            notWaiting("HyphaService." + name, "asks nobody, or when it is used");
        }
        for (String name : new String[] {"names", "definitions", "definitionsJson"}) {
            notWaiting("HyphaTools." + name, "asks nobody");
        }
        for (String name :
                new String[] {"name", "description", "schema", "withTimeout", "idempotent", "onProgress", "stream"}) {
            notWaiting("HyphaFunction." + name, "asks nobody, or when it is used");
        }
    }

    private static void onlyKotlin(String what, String why) {
        ONLY_KOTLIN.put(what, why);
    }

    private static void onlyJava(String what, String why) {
        ONLY_JAVA.put(what, why);
    }

    private static void notWaiting(String what, String why) {
        NOT_WAITING.put(what, why);
    }
}
