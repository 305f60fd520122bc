package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.jvm.RemoteIgnore;
import io.hypha.rpc.jvm.RemoteName;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BeansTest {
    public static class Named {
        private String name = "nobody";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getLength() {
            return name == null ? 0 : name.length();
        }
    }

    public static class Sample extends Named {
        private boolean isFresh;
        private Integer weight = 5;
        private transient String cache = "kept";
        private String password = "secret";
        private String url = "";
        private List<Named> parts = new ArrayList<>();
        public double depth = 1.5;
        public final String kind = "sample";
        public static String shared = "shared";

        public boolean isFresh() {
            return isFresh;
        }

        public void setFresh(boolean fresh) {
            isFresh = fresh;
        }

        @RemoteName("mass")
        public Integer getWeight() {
            return weight;
        }

        public Sample setWeight(Integer weight) {
            this.weight = weight;
            return this;
        }

        public String getCache() {
            return cache;
        }

        public void setCache(String cache) {
            this.cache = cache;
        }

        @RemoteIgnore
        public String getPassword() {
            return password;
        }

        public void setPassword(String password) {
            this.password = password;
        }

        public String getURL() {
            return url;
        }

        public void setURL(String url) {
            this.url = url;
        }

        public List<Named> getParts() {
            return parts;
        }

        public void setParts(List<Named> parts) {
            this.parts = parts;
        }
    }

    public static class Box<T> {
        public T content;
        private Optional<T> spare = Optional.empty();

        public Optional<T> getSpare() {
            return spare;
        }

        public void setSpare(Optional<T> spare) {
            this.spare = spare;
        }
    }

    public static class NamedBox extends Box<List<Named>> {}

    public static class Link {
        public Link next;
    }

    public static class Twice {
        @RemoteName("a")
        public int first;

        @RemoteName("a")
        public int second;
    }

    public static class Counting {
        private int count;

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("a count is not negative");
            }
            this.count = count;
        }
    }

    public static class WithFile {
        public File file;
    }

    @SuppressWarnings("serial")
    public static class Tray extends ArrayList<String> {
        public int size = 1;
    }

    public static class Worker extends Thread {
        public int size = 1;
    }

    public abstract static class Unfinished {
        public int size = 1;
    }

    public static class Settled {
        public final int size;

        public Settled(int size) {
            this.size = size;
        }
    }

    public class Inner {
        public int size = 1;
    }

    public static class Empty {}

    public static class Team implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return List.of("a", "b").iterator();
        }
    }

    private static TwoClients clients;
    private static HyphaService service;

    @BeforeAll
    static void offer() {
        clients = new TwoClients();
        service = clients.offer(TwoClients.open("beans")
                .function("echo", Param.of("value", Object.class), value -> value)
                .function("rename", Param.of("named", Named.class), named -> {
                    named.setName(named.getName() + "!");
                    return named;
                }));
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    private static String refusalOf(Object value) {
        EncodingException refused =
                assertThrows(EncodingException.class, () -> service.call("echo", Object.class, value));
        assertEquals("args[0]", refused.getPath());
        return refused.getProblem();
    }

    @Test
    @DisplayName("a bean is a map of what its getters and public fields say, its parents included")
    void wireForm() {
        Map<String, Object> expected = new HashMap<>();
        expected.put("name", "nobody");
        expected.put("length", 6L);
        expected.put("fresh", false);
        expected.put("mass", 5L);
        expected.put("URL", "");
        expected.put("parts", Collections.emptyList());
        expected.put("depth", 1.5);
        expected.put("kind", "sample");
        assertEquals(expected, service.call("echo", Object.class, new Sample()));
    }

    @Test
    @DisplayName("a bean is filled through its setters and public fields")
    void read() {
        Sample sample = new Sample().setWeight(70);
        sample.setName("liver");
        sample.setFresh(true);
        sample.setURL("http://x");
        sample.depth = -1;
        Named part = new Named();
        part.setName("lobe");
        sample.setParts(Arrays.asList(part, null));
        Sample received = service.call("echo", Sample.class, sample);
        assertEquals("liver", received.getName());
        assertEquals(70, received.getWeight());
        assertTrue(received.isFresh());
        assertEquals("http://x", received.getURL());
        assertEquals(-1, received.depth);
        assertEquals("lobe", received.getParts().get(0).getName());
        assertNull(received.getParts().get(1));
    }

    @Test
    @DisplayName("what is left out stays as the bean makes it, in both directions")
    void leftOut() {
        Map<String, Object> sent = Map.of("cache", "a", "password", "b", "kind", "c", "length", 9, "unknown", 1);
        Sample received = service.call("echo", Sample.class, sent);
        assertEquals("kept", received.getCache());
        assertEquals("secret", received.getPassword());
        assertEquals("sample", received.kind);
        assertEquals("nobody", received.getName());
        assertEquals(1.5, received.depth);
    }

    @Test
    @DisplayName("nil is null, except for a primitive property, which keeps its value")
    void nil() {
        Map<String, Object> sent = new HashMap<>();
        sent.put("name", null);
        sent.put("mass", null);
        sent.put("depth", null);
        Sample received = service.call("echo", Sample.class, sent);
        assertNull(received.getName());
        assertNull(received.getWeight());
        assertEquals(1.5, received.depth);
    }

    @Test
    @DisplayName("type variables are what the request, or the subclass, says")
    void generic() {
        Box<Integer> box = new Box<>();
        box.content = 5;
        box.setSpare(Optional.of(6));
        Box<Integer> received = service.call("echo", new TypeRef<Box<Integer>>() {}, box);
        assertEquals(5, received.content);
        assertEquals(Optional.of(6), received.getSpare());
        assertEquals(5L, service.call("echo", Box.class, box).content);
        NamedBox named = new NamedBox();
        named.content = List.of(new Named());
        assertEquals(
                "nobody",
                service.call("echo", NamedBox.class, named).content.get(0).getName());
    }

    @Test
    @DisplayName("a bean is a parameter and a result")
    void calls() {
        Named named = new Named();
        named.setName("a");
        assertEquals("a!", service.call("rename", Named.class, named).getName());
        assertEquals("nobody!", service.call("rename", Named.class, Map.of()).getName());
    }

    @Test
    @DisplayName("a bean within itself is refused, and so is a chain that is too long")
    void cycles() {
        Link link = new Link();
        link.next = link;
        EncodingException cycle = assertThrows(EncodingException.class, () -> service.call("echo", Object.class, link));
        assertTrue(cycle.getProblem().contains("contains itself"), cycle.getProblem());
        Link chain = new Link();
        chain.next = new Link();
        assertNull(service.call("echo", Link.class, chain).next.next);
    }

    @Test
    @DisplayName("what a setter refuses is refused in its words")
    void refusingSetter() {
        EncodingException refused =
                assertThrows(EncodingException.class, () -> service.call("echo", Counting.class, Map.of("count", -1)));
        assertEquals("The value was refused: a count is not negative", refused.getProblem());
        assertEquals("result.count", refused.getPath());
    }

    @Test
    @DisplayName("classes that are no bean are refused with the reason and with what to do")
    void noBeans() {
        assertEquals(
                "io.hypha.rpc.java.BeansTest$Settled can be neither sent nor received, for it has no public constructor"
                        + " without parameters. Use a record, or a bean (a class with a public constructor without parameters"
                        + " and with getters and setters), or register a HyphaCodec for it",
                refusalOf(new Settled(1)));
        assertTrue(refusalOf(new Inner()).contains("inner class"));
        assertTrue(refusalOf(new Empty()).contains("no properties"));
        assertTrue(refusalOf(new Worker()).contains("java.lang.Thread"));
        assertTrue(refusalOf(new Unfinished() {}).contains("anonymous"));
        assertTrue(refusalOf(new Twice()).contains("first and second"));
        assertTrue(refusalOf(new Object()).contains("java.lang.Object"));
        assertTrue(refusalOf(new Thread()).contains("no class of your program"));
        assertEquals(
                "java.io.File can be neither sent nor received, for it is no class of your program. Send what it holds, as"
                        + " text, numbers or bytes, or register a HyphaCodec for it",
                refusalOf(new File("a")));
        assertTrue(refusalOf(new File("a").toPath()).contains("no class of your program"));
        Runnable lambda = () -> {};
        assertTrue(refusalOf(lambda).contains("Callback.of("));
    }

    @Test
    @DisplayName("a type that cannot be received is refused before the call, naming the property")
    void unreceivable() {
        EncodingException refused =
                assertThrows(EncodingException.class, () -> service.call("echo", WithFile.class, Map.of("file", "a")));
        assertTrue(
                refused.getProblem().startsWith("file of io.hypha.rpc.java.BeansTest.WithFile: java.io.File can be"),
                refused.getProblem());
        assertThrows(EncodingException.class, () -> service.call("echo", Runnable.class, 1));
        assertThrows(EncodingException.class, () -> service.call("echo", Unfinished.class, Map.of()));
        IllegalArgumentException parameter = assertThrows(
                IllegalArgumentException.class,
                () -> clients.offer(TwoClients.open("files").action("take", Param.of("file", File.class), file -> {})));
        assertTrue(parameter.getMessage().contains("take"), parameter.getMessage());
    }

    @Test
    @DisplayName("records and beans are constants of a service; what cannot be sent is refused at once")
    void constants() {
        clients.provider.registerService(ServiceDefinition.builder("constants")
                .value("counting", new Counting())
                .value("color", StandardClassesTest.Color.GREEN)
                .build());
        ServiceDefinition wrong =
                ServiceDefinition.builder("wrong").value("worker", new Worker()).build();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> clients.provider.registerService(wrong));
        assertTrue(refused.getMessage().contains("wrong.worker"), refused.getMessage());
        assertTrue(refused.getMessage().contains("java.lang.Thread"), refused.getMessage());
    }

    @Test
    @DisplayName("collections of the program's own are sent as collections, and what can be iterated as a list")
    void collections() {
        Tray tray = new Tray();
        tray.add("a");
        assertEquals(List.of("a"), service.call("echo", Object.class, tray));
        assertEquals(List.of("a", "b"), service.call("echo", Object.class, new Team()));
    }
}
