package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hypha.rpc.ConnectionClosedException;
import io.hypha.rpc.client.BookmarkKind;
import io.hypha.rpc.service.ServiceInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when a program passes {@code null} where there has to be something. */
@Timeout(60)
class NullArgumentsTest {
    /**
     * Where {@code null} means something, as the Javadoc says: the method, in both views, and the place of the
     * argument.
     */
    private static final Set<String> MAY_BE_NULL = new TreeSet<>(Arrays.asList(
            "Hypha.login 0",
            "Hypha.loginWithProfile 0",
            "Hypha.logout 0",
            "HyphaClientBuilder.token 0",
            "HyphaClientBuilder.workspace 0",
            "HyphaClientBuilder.clientId 0",
            "HyphaClientBuilder.caseConversion 0",
            "HyphaClientBuilder.tls 0",
            "HyphaClient.echo 0",
            "HyphaClient.emit 1",
            "HyphaClient.emit 2",
            "HyphaClient.searchServices 0",
            "HyphaManager.call 2",
            "HyphaManager.cleanup 0",
            "HyphaManager.getEvents 0",
            "HyphaManager.getEvents 1",
            "HyphaManager.getEvents 2",
            "HyphaManager.getEventStats 0",
            "HyphaManager.getEventStats 1",
            "HyphaManager.getEventStats 2",
            "HyphaManager.getWorkspaceInfo 0",
            "HyphaManager.listClients 0",
            "HyphaManager.logEvent 1",
            "HyphaManager.serviceTypes 0",
            "HyphaManager.setEnv 1",
            "LoginSettings.tls 0",
            "LoginSettings.workspace 0",
            "LogoutSettings.tls 0",
            "LookupSettings.caseConversion 0",
            "SearchSettings.orderBy 0",
            "ServiceQuery.appId 0",
            "ServiceQuery.clientId 0",
            "ServiceQuery.serviceId 0",
            "ServiceQuery.type 0",
            "ServiceQuery.visibility 0",
            "ServiceQuery.workspace 0",
            "TokenSettings.clientId 0",
            "TokenSettings.email 0",
            "TokenSettings.workspace 0",
            "WorkspaceSettings.config 1",
            "WorkspaceSettings.description 0",
            "WorkspaceSettings.icon 0",
            "WorkspaceSettings.name 0"));

    private final Map<Class<?>, Object> samples = new HashMap<>();
    private final Set<String> unneeded = new TreeSet<>(MAY_BE_NULL);

    @Test
    @DisplayName("an argument that must not be null is refused at once, by its name")
    void nulls() throws Exception {
        Set<String> problems = new TreeSet<>();
        try (RootHub hub = new RootHub();
                HyphaClient client = hub.root().connect()) {
            ServiceDefinition service = TwoClients.open("s").build();
            AttemptDetails attempt =
                    AttemptDetails.of(1, 0, 1, TimeUnit.SECONDS, new ConnectionClosedException("lost", null, false));
            samples.put(ServiceDefinition.class, service);
            samples.put(ServiceInfo.class, client.registerService(service));
            samples.put(String.class, "x");
            samples.put(TimeUnit.class, TimeUnit.SECONDS);
            samples.put(Duration.class, Duration.ofSeconds(1));
            samples.put(Class.class, Object.class);
            samples.put(TypeRef.class, new TypeRef<Object>() {});
            samples.put(Map.class, Collections.emptyMap());
            samples.put(Listener.class, (Listener<Object>) news -> {});
            samples.put(EventMatch.class, EventMatch.of("x"));
            samples.put(LookupSettings.class, LookupSettings.create());
            samples.put(InfoSettings.class, InfoSettings.create());
            samples.put(SearchSettings.class, SearchSettings.create());
            samples.put(TokenSettings.class, TokenSettings.create());
            samples.put(WorkspaceSettings.class, WorkspaceSettings.create());
            samples.put(LoginSettings.class, LoginSettings.create());
            samples.put(LogoutSettings.class, LogoutSettings.create());
            samples.put(ServiceQuery.class, ServiceQuery.create());
            samples.put(ReconnectStrategy.class, ReconnectStrategy.never());
            samples.put(AttemptDetails.class, attempt);
            samples.put(BookmarkKind.class, BookmarkKind.values()[0]);
            samples.put(String[].class, new String[] {"x"});
            samples.put(Object[].class, new Object[0]);
            samples.put(RegisterOption[].class, new RegisterOption[0]);
            Object[] subjects = {
                attempt,
                Backoff.exponential(),
                client.state(),
                Hypha.builder(hub.url()),
                client,
                client.async(),
                client.manager(),
                client.manager().async(),
                LookupSettings.create(),
                InfoSettings.create(),
                SearchSettings.create(),
                TokenSettings.create(),
                WorkspaceSettings.create(),
                LoginSettings.create(),
                LogoutSettings.create(),
                ServiceQuery.create(),
                EventMatch.of("x")
            };
            for (Object subject : subjects) {
                for (Method method : ApiNames.methodsOf(subject.getClass())) {
                    method.setAccessible(true);
                    check(subject, method, problems);
                }
            }
            for (Method method : Hypha.class.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())) {
                    check(null, method, problems);
                }
            }
        }
        assertEquals("", String.join("\n", problems));
        assertEquals("", String.join("\n", unneeded), "there are no such arguments any more: remove their rows");
    }

    private void check(Object subject, Method method, Set<String> problems) throws Exception {
        Class<?>[] types = method.getParameterTypes();
        for (int place = 0; place < types.length; place++) {
            String name = method.getDeclaringClass().getSimpleName() + "." + method.getName() + " " + place;
            String row = name.replace("Async", "");
            unneeded.remove(row);
            if (types[place].isPrimitive() || MAY_BE_NULL.contains(row)) {
                continue;
            }
            Object[] arguments = new Object[types.length];
            for (int other = 0; other < types.length; other++) {
                arguments[other] = other == place ? null : sample(types[other]);
            }
            String refusal = refusal(subject, method, arguments);
            // The message is the name of the parameter, as Objects.requireNonNull has it.
            if (!refusal.matches("\\w+")) {
                problems.add(name + " (" + types[place].getSimpleName() + "): " + refusal);
            }
        }
    }

    private Object sample(Class<?> type) {
        if (type.isPrimitive()) {
            return type == boolean.class ? (Object) true : type == int.class ? (Object) 1 : (Object) 1L;
        }
        return samples.get(type);
    }

    private static String refusal(Object subject, Method method, Object[] arguments) throws IllegalAccessException {
        try {
            return "no refusal, but " + method.invoke(subject, arguments);
        } catch (InvocationTargetException e) {
            boolean isPlain = e.getCause() instanceof NullPointerException;
            return isPlain
                    ? String.valueOf(e.getCause().getMessage())
                    : e.getCause().toString();
        }
    }
}
