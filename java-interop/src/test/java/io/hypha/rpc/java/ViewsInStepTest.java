package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.client.GetServiceOptions;
import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.client.TokenOptions;
import io.hypha.rpc.client.WorkspaceBuilder;
import io.hypha.rpc.client.WorkspaceManager;
import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HubOptionsBuilder;
import io.hypha.rpc.ktor.ConnectOptions;
import io.hypha.rpc.ktor.LoginOptions;
import io.hypha.rpc.ktor.LogoutOptions;
import io.hypha.rpc.service.RemoteService;
import io.hypha.rpc.service.ServiceFilter;
import io.hypha.rpc.service.ServiceSearch;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The two views of each thing, and Java and Kotlin, offer the same. Whoever adds to one of them is told here of the
 * others.
 */
class ViewsInStepTest {
    private static final Class<?>[][] VIEWS = {
        {HyphaClient.class, HyphaAsyncClient.class},
        {HyphaManager.class, HyphaAsyncManager.class},
        {HyphaService.class, HyphaAsyncService.class},
        {HyphaFunction.class, HyphaAsyncFunction.class},
        {HyphaTools.class, HyphaAsyncTools.class},
        {EventStream.class, AsyncEventStream.class},
        {RemoteStream.class, AsyncStream.class},
    };

    /**
     * The first pairs have the same methods; the last ones, streams, are iterators in one view and hand out items in
     * the other.
     */
    private static final int WITH_SAME_METHODS = 5;

    private static final String CLIENT = "io/hypha/rpc/client";
    private static final String SERVICE = "io/hypha/rpc/service";
    private static final String JVM = "io/hypha/rpc/jvm";

    @Test
    @DisplayName("both views have the same methods, and what waits in one is a future in the other")
    void views() {
        Set<String> problems = new TreeSet<>();
        Set<String> notWaiting = new TreeSet<>();
        for (int pair = 0; pair < WITH_SAME_METHODS; pair++) {
            Map<String, Method> blocking = bySignature(VIEWS[pair][0], "async");
            Map<String, Method> later = bySignature(VIEWS[pair][1], "blocking");
            String name = VIEWS[pair][0].getSimpleName() + ".";
            blocking.keySet().stream()
                    .filter(key -> !later.containsKey(key))
                    .forEach(key -> problems.add("only blocking: " + name + key));
            later.keySet().stream()
                    .filter(key -> !blocking.containsKey(key))
                    .forEach(key -> problems.add("only with futures: " + name + key));
            blocking.keySet().retainAll(later.keySet());
            blocking.forEach((key, method) -> {
                String result = counterpart(method.getGenericReturnType());
                String other = later.get(key).getGenericReturnType().getTypeName();
                if (other.equals(result)) {
                    notWaiting.add(name + method.getName());
                } else if (!other.equals("java.util.concurrent.CompletableFuture<" + boxed(result) + ">")) {
                    problems.add(name + key + " returns " + result + ", and with futures " + other);
                }
            });
        }
        assertEquals("", String.join("\n", problems));
        requireSame(WantedDifferences.NOT_WAITING.keySet(), notWaiting, "no future");
    }

    @Test
    @DisplayName("Java has what Kotlin has, but for what is told apart with a reason")
    void languages() throws Exception {
        Differences differences = new Differences();
        differences.compare(
                HyphaClient.class, "HyphaConnection", ApiNames.ofKotlin(HyphaConnection.class, CLIENT, SERVICE, JVM));
        differences.compare(HyphaManager.class, "WorkspaceManager", ApiNames.ofKotlin(WorkspaceManager.class, CLIENT));
        differences.compare(
                HyphaService.class, "RemoteService", ApiNames.ofKotlin(RemoteService.class, CLIENT, SERVICE, JVM));
        differences.compare(
                HyphaFunction.class, "RemoteFunction", ApiNames.ofKotlin(RemoteFunction.class, CLIENT, SERVICE, JVM));
        differences.compare(HyphaClientBuilder.class, "ConnectOptions", ApiNames.ofOptions(ConnectOptions.class));
        differences.compare(LookupSettings.class, "GetServiceOptions", ApiNames.ofOptions(GetServiceOptions.class));
        differences.compare(TokenSettings.class, "TokenOptions", ApiNames.ofOptions(TokenOptions.class));
        differences.compare(WorkspaceSettings.class, "WorkspaceBuilder", ApiNames.ofOptions(WorkspaceBuilder.class));
        differences.compare(ServiceQuery.class, "ServiceFilter", ApiNames.ofOptions(ServiceFilter.class));
        differences.compare(SearchSettings.class, "ServiceSearch", ApiNames.ofOptions(ServiceSearch.class));
        differences.compare(LoginSettings.class, "LoginOptions", ApiNames.ofOptions(LoginOptions.class));
        differences.compare(LogoutSettings.class, "LogoutOptions", ApiNames.ofOptions(LogoutOptions.class));
        differences.compare(
                HubOptionsBuilder.class, "HubOptions.Builder", ApiNames.ofOptions(HubOptions.Builder.class));
        requireSame(WantedDifferences.ONLY_KOTLIN.keySet(), differences.onlyKotlin, "in Kotlin only");
        requireSame(WantedDifferences.ONLY_JAVA.keySet(), differences.onlyJava, "in Java only");
    }

    /** What only one language has. */
    private static final class Differences {
        final Set<String> onlyKotlin = new TreeSet<>();
        final Set<String> onlyJava = new TreeSet<>();

        void compare(Class<?> java, String kotlinName, Set<String> kotlin) {
            Set<String> names = ApiNames.ofJava(java);
            names.remove("async");
            kotlin.stream()
                    .filter(name -> !names.contains(name))
                    .forEach(name -> onlyKotlin.add(kotlinName + "." + name));
            names.stream()
                    .filter(name -> !kotlin.contains(name))
                    .forEach(name -> onlyJava.add(java.getSimpleName() + "." + name));
        }
    }

    private static Map<String, Method> bySignature(Class<?> type, String otherView) {
        Map<String, Method> methods = new TreeMap<>();
        for (Method method : ApiNames.methodsOf(type)) {
            if (!method.getName().equals(otherView)) {
                String parameters = Arrays.stream(method.getGenericParameterTypes())
                        .map(Type::getTypeName)
                        .collect(Collectors.joining(", "));
                methods.put(method.getName() + "(" + parameters + ")", method);
            }
        }
        return methods;
    }

    /** A result of the blocking view as the other one has it. */
    private static String counterpart(Type result) {
        for (Class<?>[] pair : VIEWS) {
            String name = result.getTypeName();
            String blocking = pair[0].getTypeName();
            if (name.equals(blocking) || name.startsWith(blocking + "<")) {
                return pair[1].getTypeName() + name.substring(blocking.length());
            }
        }
        return result.getTypeName();
    }

    private static String boxed(String type) {
        return type.equals("void") ? "java.lang.Void" : type;
    }

    private static void requireSame(Set<String> told, Set<String> found, String what) {
        Set<String> news = new TreeSet<>(found);
        news.removeAll(told);
        assertEquals("", String.join("\n", news), what + ", and not told apart");
        Set<String> unneeded = new TreeSet<>(told);
        unneeded.removeAll(found);
        assertEquals("", String.join("\n", unneeded), what + " are not these any more: remove their rows");
    }
}
