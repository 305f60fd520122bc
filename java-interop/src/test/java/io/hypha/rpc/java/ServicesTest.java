package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.PermissionDeniedException;
import io.hypha.rpc.RemoteException;
import io.hypha.rpc.ServiceNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServicesTest {
    private static TwoClients clients;

    @BeforeAll
    static void connect() {
        clients = new TwoClients();
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    @Test
    @DisplayName("functions are called with up to three arguments, and those left out are the defaults")
    void functions() {
        Param<Integer> a = Param.of("a", Integer.class);
        Param<Integer> b = Param.of("b", Integer.class);
        HyphaService service = clients.offer(TwoClients.open("functions")
                .function("none", () -> 0)
                .function("one", a, x -> x)
                .function("two", a, b, (x, y) -> x + y)
                .function("three", a, b, Param.optional("c", Integer.class, 100), (x, y, z) -> x + y + z));
        assertEquals(0, service.call("none", Integer.class));
        assertEquals(1, service.call("one", Integer.class, 1));
        assertEquals(3, service.call("two", Integer.class, 1, 2));
        assertEquals(6, service.call("three", Integer.class, 1, 2, 3));
        assertEquals(103, service.call("three", Integer.class, 1, 2));
        assertEquals(103, service.call("three", Integer.class, 1, 2, null));
        assertEquals(Arrays.asList("none", "one", "two", "three"), service.functionNames());
    }

    @Test
    @DisplayName("a missing argument is an error of the call that names it")
    void missingArgument() {
        HyphaService service =
                clients.offer(TwoClients.open("missing").function("f", Param.of("size", Integer.class), size -> size));
        RemoteException failure = assertThrows(RemoteException.class, () -> service.call("f", Integer.class));
        assertTrue(failure.getRemoteMessage().contains("'size'"), failure.getRemoteMessage());
    }

    @Test
    @DisplayName("a function that looks its arguments up knows who calls")
    void invocations() {
        Param<String> greeting = Param.of("greeting", String.class);
        Param<List<String>> names = Param.optional("names", new TypeRef<List<String>>() {}, Collections.emptyList());
        HyphaService service = clients.offer(TwoClients.open("invocations")
                .function(
                        "greet",
                        Arrays.asList(greeting, names),
                        call -> call.get(greeting)
                                + call.get(names)
                                + call.context().getFrom()));
        String me = clients.caller.workspace() + "/" + clients.caller.clientId();
        assertEquals("Hi[John]" + me, service.call("greet", String.class, "Hi", Collections.singletonList("John")));
        assertEquals("Hi[]" + me, service.call("greet", String.class, "Hi"));
    }

    @Test
    @DisplayName("what a handler throws arrives with its type and message, and where it was called")
    void failures() {
        HyphaService service = clients.offer(TwoClients.open("failures").action("read", () -> {
            throw new IOException("no such file");
        }));
        RemoteException failure = assertThrows(RemoteException.class, () -> service.call("read", Void.class));
        assertEquals("no such file", failure.getRemoteMessage());
        assertEquals("IOException", failure.getRemoteType());
        boolean isShown = Arrays.stream(failure.getSuppressed()[0].getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith(ServicesTest.class.getName()));
        assertTrue(isShown);
    }

    @Test
    @DisplayName("a function that the service does not have is not called")
    void unknownFunction() {
        HyphaService service = clients.offer(TwoClients.open("small").function("f", () -> 1));
        assertThrows(MethodNotFoundException.class, () -> service.call("g", Integer.class));
        assertThrows(MethodNotFoundException.class, () -> service.stream("g", Integer.class));
    }

    @Test
    @DisplayName("a service is listed until it is withdrawn, and replaced only on request")
    void registration() {
        ServiceDefinition first = TwoClients.open("temporary")
                .name("Temporary")
                .type("test")
                .description("Comes and goes")
                .value("version", 1)
                .build();
        String id = clients.provider.registerService(first).getId();
        assertTrue(clients.provider.listServices().stream()
                .anyMatch(info -> info.getId().equals(id)));
        assertEquals("Comes and goes", clients.caller.getService(id).description());
        assertThrows(IllegalArgumentException.class, () -> clients.provider.registerService(first));

        ServiceDefinition second = TwoClients.open("temporary").name("Replaced").build();
        clients.provider.registerService(second, RegisterOption.OVERWRITE);
        assertEquals("Replaced", clients.caller.getService(id).name());

        clients.provider.unregisterService("temporary");
        assertThrows(ServiceNotFoundException.class, () -> clients.caller.getService(id));
        assertThrows(ServiceNotFoundException.class, () -> clients.provider.unregisterService("temporary"));
    }

    @Test
    @DisplayName("a protected service is closed to other workspaces")
    void protectedService() {
        String id = clients.provider
                .registerService(ServiceDefinition.builder("closed")
                        .function("f", () -> 1)
                        .build())
                .getId();
        assertThrows(PermissionDeniedException.class, () -> clients.caller.getService(id));
        assertEquals(1, clients.provider.getService(id).call("f", Integer.class));
    }

    @Test
    @DisplayName("bad names are refused when the definition is built")
    void badNames() {
        ServiceDefinitionBuilder dotted = ServiceDefinition.builder("s").function("math.mul", () -> 1);
        assertThrows(IllegalArgumentException.class, dotted::build);
        ServiceDefinitionBuilder twice =
                ServiceDefinition.builder("s").function("f", () -> 1).action("f", () -> {});
        assertThrows(IllegalArgumentException.class, twice::build);
        assertThrows(IllegalArgumentException.class, () -> ServiceDefinition.builder("a:b")
                .build());
    }

    @Test
    @DisplayName("the server returns an echo")
    void echo() {
        assertEquals(Collections.singletonList(1L), clients.caller.echo(Collections.singletonList(1)));
        assertEquals(1.0, clients.caller.echo(1, Double.class));
    }
}
