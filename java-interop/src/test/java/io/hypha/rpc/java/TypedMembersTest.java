package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.jvm.RemoteName;
import io.hypha.rpc.service.Description;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Constants, groups and annotated objects. */
class TypedMembersTest {
    private static TwoClients clients;

    @BeforeAll
    static void connect() {
        clients = new TwoClients();
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    interface MathPart {
        int mul(int a, int b);

        @Constant
        double pi();
    }

    @Description("Counts for others")
    interface Tools {
        @Constant
        String version();

        @Constant
        @RemoteName("supported_sizes")
        List<Integer> sizes();

        @Constant
        Optional<String> nickname();

        @Group
        MathPart math();

        @Group
        Optional<MathPart> more();
    }

    private static final class MyMath implements MathPart {
        @Override
        public int mul(int a, int b) {
            return a * b;
        }

        @Override
        public double pi() {
            return 3;
        }
    }

    private static final class MyTools implements Tools {
        @Override
        public String version() {
            return "1.2";
        }

        @Override
        public List<Integer> sizes() {
            return Arrays.asList(1, 2);
        }

        @Override
        public Optional<String> nickname() {
            return Optional.empty();
        }

        @Override
        public MathPart math() {
            return new MyMath();
        }

        @Override
        public Optional<MathPart> more() {
            return Optional.empty();
        }
    }

    @Test
    @DisplayName("constants and groups are read once, and those of the type Optional may be missing")
    void constantsAndGroups() {
        HyphaService service = clients.offer(TwoClients.open("tools").implement(Tools.class, new MyTools()));
        Tools tools = service.proxy(Tools.class);
        assertEquals("1.2", tools.version());
        assertEquals(Arrays.asList(1, 2), tools.sizes());
        assertEquals(Optional.empty(), tools.nickname());
        assertEquals(6, tools.math().mul(2, 3));
        assertEquals(3.0, tools.math().pi());
        assertEquals("MathPart(" + service.id() + ".math)", tools.math().toString());
        assertEquals(Optional.empty(), tools.more());
        assertEquals("Counts for others", service.description());
        assertEquals(6, service.call("math.mul", Integer.class, 2, 3));
    }

    @Test
    @DisplayName("a definition is made of an interface and its implementation at once")
    void shortForm() {
        ServiceDefinition definition = ServiceDefinition.of("short", Tools.class, new MyTools());
        String id = clients.provider.registerService(definition).getId();
        assertEquals("1.2", clients.provider.getService(id).proxy(Tools.class).version());
    }

    @Test
    @DisplayName("everything that a service lacks is reported at once")
    void missing() {
        HyphaService service =
                clients.offer(TwoClients.open("poor").value("extra", 1).function("mul", () -> 1));
        MethodNotFoundException failure = assertThrows(MethodNotFoundException.class, () -> service.proxy(Tools.class));
        assertEquals(
                "service " + service.id() + " does not fit " + Tools.class.getName() + ": it lacks the group 'math',"
                        + " the constant 'supported_sizes', the constant 'version'. It has the functions mul and the"
                        + " constants extra",
                failure.getMessage());
    }

    interface Unannotated {
        String version();

        MathPart math();
    }

    @Test
    @DisplayName("whoever forgets the annotation of a constant or a group is told so")
    void forgottenAnnotations() {
        HyphaService service = clients.offer(TwoClients.open("forgotten").implement(Tools.class, new MyTools()));
        MethodNotFoundException failure =
                assertThrows(MethodNotFoundException.class, () -> service.proxy(Unannotated.class));
        assertTrue(
                failure.getMessage()
                        .contains("it lacks the function 'math' (it is a group there: annotate the method with @Group),"
                                + " the function 'version' (it is a constant there: annotate the method with"
                                + " @Constant). It has"),
                failure.getMessage());
    }

    @Test
    @DisplayName("a constant of another type is refused by its name")
    void wrongConstant() {
        HyphaService service = clients.offer(TwoClients.open("wrong")
                .value("version", Arrays.asList(1))
                .value("supported_sizes", 1)
                .implement(MathPart.class, new MyMath()));
        EncodingException failure = assertThrows(EncodingException.class, () -> service.proxy(Versioned.class));
        assertEquals("version", failure.getPath());
    }

    @Test
    @DisplayName("a constant that is null has to be Optional")
    void nullConstant() {
        HyphaService service = clients.offer(TwoClients.open("null").value("version", null));
        MethodNotFoundException failure =
                assertThrows(MethodNotFoundException.class, () -> service.proxy(Versioned.class));
        assertTrue(
                failure.getMessage().contains("the constant 'version' (it is null there: make it Optional)"),
                failure.getMessage());
    }

    interface Versioned {
        @Constant
        String version();
    }

    interface Greeter {
        @Exposed("say_hello")
        String hello(String name);
    }

    abstract static class Base<T> {
        @Exposed
        public T same(T value) {
            return value;
        }

        public String secretOfBase() {
            return "secret";
        }
    }

    static final class Mixed extends Base<List<Integer>> implements Greeter {
        @Override
        public String hello(String name) {
            return "Hello " + name;
        }

        @Override
        public List<Integer> same(List<Integer> value) {
            return value;
        }

        @Exposed
        @RemoteName("plus")
        public int add(int a, @DefaultValue("1") int b) {
            return a + b;
        }

        @Constant
        public int limit() {
            return 9;
        }

        @Group
        public MyPart part() {
            return new MyPart();
        }

        public String secret() {
            return "secret";
        }
    }

    static final class MyPart {
        @Exposed
        public int one() {
            return 1;
        }
    }

    @Test
    @DisplayName("of an object only annotated methods are exposed, also where the annotation is inherited")
    void annotatedObject() {
        HyphaService service = clients.offer(TwoClients.open("mixed").members(new Mixed()));
        List<String> names = service.functionNames();
        names.sort(null);
        assertEquals(Arrays.asList("part.one", "plus", "same", "say_hello"), names);
        assertEquals("Hello John", service.call("say_hello", String.class, "John"));
        assertEquals(Arrays.asList(1), service.call("same", new TypeRef<List<Integer>>() {}, Arrays.asList(1)));
        assertEquals(3, service.call("plus", Integer.class, 2));
        assertEquals(1, service.call("part.one", Integer.class));
        assertThrows(io.hypha.rpc.RemoteException.class, () -> service.call("same", Object.class, "no list"));
    }

    static final class Private {
        @Exposed
        int hidden() {
            return 1;
        }

        @Exposed
        public static int shared() {
            return 1;
        }
    }

    @Test
    @DisplayName("an object that exposes nothing, or what cannot be called, is refused")
    void badObjects() {
        ServiceDefinitionBuilder builder = ServiceDefinition.builder("bad");
        IllegalArgumentException nothing =
                assertThrows(IllegalArgumentException.class, () -> builder.members(new MyMath().toString()));
        assertTrue(
                nothing.getMessage()
                        .contains("nothing of java.lang.String is exposed: annotate the methods that others may call"
                                + " with @Exposed"),
                nothing.getMessage());
        IllegalArgumentException hidden =
                assertThrows(IllegalArgumentException.class, () -> builder.members(new Private()));
        assertTrue(hidden.getMessage().contains("'hidden' is annotated, but only public"), hidden.getMessage());
        assertTrue(hidden.getMessage().contains("'shared' is annotated, but only public"), hidden.getMessage());
    }
}
