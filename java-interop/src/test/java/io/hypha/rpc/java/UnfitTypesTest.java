package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.jvm.RemoteName;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Types that nothing can be received as, and classes whose own code fails while values are made. */
class UnfitTypesTest {
    public static class Growing<T> {
        public T value;
        public Growing<List<T>> next;
    }

    record Doubling<T>(Doubling<Map<T, T>> next) {}

    enum Same {
        @RemoteName("a")
        FIRST,
        @RemoteName("a")
        SECOND
    }

    record Unhashable(int x) {
        @Override
        public int hashCode() {
            throw new IllegalStateException("secret");
        }
    }

    public static class Asking {
        private final HyphaClient asked;

        public Asking() {
            this(null);
        }

        Asking(HyphaClient asked) {
            this.asked = asked;
        }

        public Object getAnswer() {
            return asked.echo(1);
        }
    }

    private static final HyphaHub hub = HyphaHub.start();
    private static HyphaClient client;

    @BeforeAll
    static void connect() {
        client = Hypha.connect(hub.getUrl());
    }

    @AfterAll
    static void close() {
        client.close();
        hub.close();
    }

    private static EncodingException refused(Object value, TypeRef<?> type) {
        return assertThrows(EncodingException.class, () -> client.echo(value, type));
    }

    @Test
    @DisplayName("a class whose type arguments grow with every level is refused, and not looked at for ever")
    void growing() {
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            EncodingException growing = refused(Map.of(), new TypeRef<Growing<Integer>>() {});
            assertTrue(growing.getProblem().contains("grow"), growing.getProblem());
            EncodingException doubling = refused(Map.of(), new TypeRef<Doubling<Integer>>() {});
            assertTrue(doubling.getProblem().contains("grow"), doubling.getProblem());
        });
    }

    @Test
    @DisplayName("a collection of another class than the known ones is refused, instead of being one of them")
    void collections() {
        String vector = refused(List.of("a"), new TypeRef<Vector<String>>() {}).getProblem();
        assertTrue(vector.startsWith("java.util.Vector can be neither"), vector);
        String map = refused(Map.of("DAYS", 1), new TypeRef<EnumMap<TimeUnit, Integer>>() {})
                .getProblem();
        assertTrue(map.startsWith("java.util.EnumMap can be neither"), map);
    }

    @Test
    @DisplayName("two constants of one name are refused in both directions, with what to do")
    void constants() {
        String problem = "FIRST and SECOND of io.hypha.rpc.java.UnfitTypesTest$Same have the same name 'a': give one of"
                + " them another @RemoteName";
        EncodingException sent = assertThrows(EncodingException.class, () -> client.echo(Same.FIRST));
        assertEquals(problem, sent.getProblem());
        assertEquals("args[0]", sent.getPath());
        assertEquals(problem, refused("a", TypeRef.of(Same.class)).getProblem());
    }

    @Test
    @DisplayName("what an element throws when it is put into a set or a map is an error of that value")
    void elements() {
        EncodingException set = refused(List.of(Map.of("x", 1)), new TypeRef<Set<Unhashable>>() {});
        assertEquals(
                "A java.util.Set of what arrived could not be made: java.lang.IllegalStateException", set.getProblem());
        assertEquals("result", set.getPath());
    }

    @Test
    @DisplayName("a getter that waits for a call is refused: it runs on a thread of the connection")
    void blocking() {
        EncodingException refused = assertThrows(EncodingException.class, () -> client.echo(new Asking(client)));
        assertEquals("args[0].answer", refused.getPath());
        assertInstanceOf(IllegalStateException.class, refused.getCause());
        assertTrue(
                refused.getCause().getMessage().contains(Asking.class.getName()),
                refused.getCause().getMessage());
        assertEquals(1L, client.echo(1));
    }
}
