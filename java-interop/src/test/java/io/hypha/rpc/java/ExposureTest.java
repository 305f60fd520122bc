package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.jvm.RemoteIgnore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing of an object can be called by others but what its program offers. */
class ExposureTest {
    private static TwoClients clients;

    @BeforeAll
    static void connect() {
        clients = new TwoClients();
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    interface Camera extends AutoCloseable {
        int image();

        @Override
        void close();
    }

    private static final class MyCamera implements Camera {
        private final AtomicBoolean isClosed = new AtomicBoolean();

        @Override
        public int image() {
            return 1;
        }

        @Override
        public void close() {
            isClosed.set(true);
        }
    }

    @Test
    @DisplayName("an implementation that can be closed is not closed by callers, nor by closing a proxy")
    void closing() {
        MyCamera mine = new MyCamera();
        HyphaService service = clients.offer(TwoClients.open("camera").implement(Camera.class, mine));
        assertEquals(Collections.singletonList("image"), service.functionNames());
        try (Camera camera = service.proxy(Camera.class)) {
            assertEquals(1, camera.image());
        }
        assertEquals(1, service.call("image", Integer.class));
        assertFalse(mine.isClosed.get());
    }

    @Test
    @Timeout(30)
    @DisplayName("closing the proxy of an interface object tells its owner")
    void closingInterfaceObject() {
        HyphaService keeper = clients.offer(
                TwoClients.open("keeper").function("use", Param.of("camera", HyphaService.class), received -> {
                    try (Camera camera = received.proxy(Camera.class)) {
                        return camera.image();
                    }
                }));
        HyphaInterface object =
                HyphaInterface.builder().implement(Camera.class, new MyCamera()).build();
        assertEquals(1, keeper.call("use", Integer.class, object));
        while (!object.ids().isEmpty()) {
            clients.provider.echo("until the owner knows");
        }
    }

    interface Door extends AutoCloseable {
        @Exposed
        @Override
        void close();
    }

    @Test
    @DisplayName("with an annotation closing is a function")
    void exposedClosing() {
        AtomicBoolean isClosed = new AtomicBoolean();
        HyphaService service = clients.offer(TwoClients.open("door").implement(Door.class, () -> isClosed.set(true)));
        service.proxy(Door.class).close();
        assertTrue(isClosed.get());
    }

    private static class Parent {
        @Exposed
        public int shown() {
            return 1;
        }

        private void work() {}

        static void help() {}
    }

    private static final class Child extends Parent {
        @Exposed
        public void work() {}

        public void help(int times) {}

        @Exposed
        @Override
        public String toString() {
            return "a child";
        }
    }

    private static class SecretParent {
        @Exposed
        private void work() {}
    }

    private static final class SecretChild extends SecretParent {
        public void work() {}
    }

    @Test
    @DisplayName("private methods of a superclass have nothing to do with those of the same name")
    void privateMethods() {
        HyphaService service = clients.offer(TwoClients.open("child").members(new Child()));
        List<String> names = service.functionNames();
        names.sort(null);
        assertEquals(Arrays.asList("shown", "toString", "work"), names);
        assertEquals("a child", service.call("toString", String.class));
        assertRefused("'work' is annotated, but only public methods", new SecretChild());
    }

    interface WithSecret {
        int open();

        @RemoteIgnore
        void shutdown();
    }

    interface Local {
        default int one() {
            return 1;
        }
    }

    @Test
    @DisplayName("what cannot keep a method from being called, or offers none, is refused")
    void misunderstandings() {
        HyphaService any = clients.offer(TwoClients.open("any").function("open", () -> 1));
        IllegalArgumentException ignored =
                assertThrows(IllegalArgumentException.class, () -> any.proxy(WithSecret.class));
        assertTrue(
                ignored.getMessage()
                        .contains("'shutdown': @RemoteIgnore is for the properties of beans; a method that others must"
                                + " not call stands in another interface, or has a body"),
                ignored.getMessage());
        IllegalArgumentException nothing = assertThrows(
                IllegalArgumentException.class, () -> TwoClients.open("local").implement(Local.class, new Local() {}));
        assertTrue(
                nothing.getMessage().contains("it has no members; methods with a body run where they are called"),
                nothing.getMessage());
    }

    private static final class EndlessPart {
        @Exposed
        public int one() {
            return 1;
        }

        @Group
        public EndlessPart part() {
            return this;
        }
    }

    private static final class Constants {
        @Constant
        public Object callback() {
            return Collections.singletonList(Callback.of(() -> {}));
        }
    }

    private static final class Futures {
        @Constant
        public CompletableFuture<String> future() {
            return new CompletableFuture<>();
        }

        @Constant
        public HyphaInterface object() {
            return HyphaInterface.builder().action("run", () -> {}).build();
        }

        @Constant
        public RemoteStream<Integer> stream() {
            return RemoteStream.of(Arrays.asList(1));
        }
    }

    private static final class Absent {
        @Constant
        public String absent() {
            return null;
        }
    }

    private static final class Failing {
        @Constant
        public String failing() {
            throw new IllegalStateException("not ready");
        }
    }

    @Test
    @DisplayName("constants and groups that cannot be read, or belong to one call, are refused by their names")
    void badProperties() {
        assertRefused("the groups of " + EndlessPart.class.getName() + " have no end", new EndlessPart());
        assertRefused("'callback' holds a callback, which belongs to one call", new Constants());
        assertRefused("'future': functions, interface objects, streams and futures are no constants", new Futures());
        assertRefused("'object': functions, interface objects, streams and futures are no constants", new Futures());
        assertRefused("'stream': functions, interface objects, streams and futures are no constants", new Futures());
        assertRefused(".absent returned null, and a constant that may be missing has the type Optional", new Absent());
        assertRefused(".failing cannot be read: java.lang.IllegalStateException: not ready", new Failing());
    }

    private static void assertRefused(String problem, Object object) {
        ServiceDefinitionBuilder builder = ServiceDefinition.builder("refused");
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> builder.members(object));
        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
    }
}
