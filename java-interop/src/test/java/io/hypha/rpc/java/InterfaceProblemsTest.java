package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.jvm.PassByKeyword;
import io.hypha.rpc.jvm.RemoteName;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntBiFunction;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Interfaces that cannot describe a service; nothing is sent for them. */
class InterfaceProblemsTest {
    private static TwoClients clients;
    private static HyphaService service;

    @BeforeAll
    static void connect() {
        clients = new TwoClients();
        service = clients.offer(TwoClients.open("any").function("add", () -> 1));
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    private static void assertProblem(String expected, Class<?> type) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> service.proxy(type), type.getName());
        assertTrue(failure.getMessage().contains(expected), failure.getMessage());
    }

    interface Overloaded {
        int add(int a);

        int add(int a, int b);
    }

    interface TwoOfAName {
        int add(int a);

        @RemoteName("add")
        int plus(int a);
    }

    interface AnyNumber {
        int add(int... numbers);
    }

    interface GenericMethod {
        <T> T add(T value);
    }

    interface Dotted {
        @RemoteName("math.add")
        int add(int a);
    }

    interface Suspending {
        Object add(int a, Continuation<? super Integer> continuation);
    }

    interface EarlyKwargs {
        int add(Kwargs more, int a);
    }

    interface WithParameter {
        @Constant
        String version(int a);
    }

    interface NumberGroup {
        @Group
        int math();
    }

    interface FunctionsInList {
        void add(List<Action1<Integer>> list);
    }

    interface CallbackInCallback {
        void add(Action1<List<Action0>> onAdd);
    }

    @FunctionalInterface
    interface Endless {
        Endless next(int step);
    }

    interface WithEndless {
        void add(Endless endless);
    }

    interface BadDefault {
        int add(@DefaultValue("x") int a, @DefaultValue("1") List<String> b);
    }

    interface CallerInside {
        void add(Optional<CallContext> caller);
    }

    interface CallerOfCallback {
        void add(Action1<CallContext> onAdd);
    }

    interface KwargsInArray {
        void add(Kwargs[] more);
    }

    interface CallbackArray {
        void add(Action0[] actions);
    }

    interface FutureParameter {
        void add(CompletableFuture<Integer> a);
    }

    interface Store<T> {
        T get();
    }

    @Test
    @DisplayName("each problem is told with the name of the method and what to do")
    void problems() {
        assertProblem(
                "'add' is overloaded, and a service knows functions by their names only: give all", Overloaded.class);
        assertProblem("several members are called 'add'", TwoOfAName.class);
        assertProblem("'add': it has a parameter for any number of arguments; make that a List", AnyNumber.class);
        assertProblem(
                "'add': it has type parameters of its own, which a caller elsewhere cannot state", GenericMethod.class);
        assertProblem("'add': its remote name 'math.add' is empty or has a dot", Dotted.class);
        assertProblem("'add': it is a suspending function of Kotlin's", Suspending.class);
        assertProblem("'add': its Kwargs parameter has to be the last one", EarlyKwargs.class);
        assertProblem("'version': a constant has no parameters", WithParameter.class);
        assertProblem("'math': a group is an interface", NumberGroup.class);
        assertProblem("'add': 'list' is a java.util.List<io.hypha.rpc.java.Action1<", FunctionsInList.class);
        assertProblem("'add': a parameter of 'onAdd' is a java.util.List<", CallbackInCallback.class);
        assertProblem(
                "that takes or returns one of its own kind has no end; make that a HyphaFunction", WithEndless.class);
        assertProblem("'add': @DefaultValue(\"x\") is no value of the type int", BadDefault.class);
        assertProblem(
                "'add': 'caller' is a io.hypha.rpc.call.CallContext, and only parameters of the service's own methods"
                        + " may be CallContext and Kwargs",
                CallerInside.class);
        assertProblem("'add': a parameter of 'onAdd' is a io.hypha.rpc.call.CallContext", CallerOfCallback.class);
        assertProblem("'add': 'more' is a [Lio.hypha.rpc.java.Kwargs;", KwargsInArray.class);
        assertProblem("functions inside of other values have to be HyphaFunction", CallbackArray.class);
        assertProblem("'add': 'a' is a java.util.concurrent.CompletableFuture<", FutureParameter.class);
        assertProblem("has type parameters; bind them, as in new TypeRef<Store<Integer>>() {}", Store.class);
        assertProblem("is a class; name the interface of the service", String.class);
    }

    interface Several {
        int add(int... numbers);

        <T> T same(T value);

        void one(int a);

        void one(String a);
    }

    @Test
    @DisplayName("all problems of an interface are told at once")
    void allAtOnce() {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> service.proxy(Several.class));
        assertEquals(
                Several.class.getName() + " cannot describe a service: 'add': it has a parameter for any number of"
                        + " arguments; make that a List; 'same': it has type parameters of its own, which a caller"
                        + " elsewhere cannot state; 'one' is overloaded, and a service knows functions by their names"
                        + " only: give all but one another name with @RemoteName(\"…\")",
                failure.getMessage());
    }

    interface Renamed {
        @RemoteName("addOne")
        int add(int a);

        int add(int a, int b);
    }

    @Test
    @DisplayName("overloads with names of their own are fine")
    void renamedOverloads() {
        Renamed renamed = clients.offer(TwoClients.open("renamed").implement(Renamed.class, new Renamed() {
                    @Override
                    public int add(int a) {
                        return a + 1;
                    }

                    @Override
                    public int add(int a, int b) {
                        return a + b;
                    }
                }))
                .proxy(Renamed.class);
        assertEquals(2, renamed.add(1));
        assertEquals(3, renamed.add(1, 2));
    }

    @Test
    @DisplayName("parameters without names are refused with both remedies, where their names matter")
    void namelessParameters() {
        TypeRef<ToIntBiFunction<Integer, Integer>> type = new TypeRef<ToIntBiFunction<Integer, Integer>>() {};
        ServiceDefinitionBuilder builder = ServiceDefinition.builder("nameless");
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> builder.implement(type, Integer::sum));
        assertTrue(
                failure.getMessage()
                        .contains("the parameters of public abstract int"
                                + " java.util.function.ToIntBiFunction.applyAsInt(T,U) have no names: compile it with"
                                + " javac -parameters, or annotate them with @RemoteName(\"…\")"),
                failure.getMessage());
        HyphaService sums = clients.offer(TwoClients.open("sums")
                .function("applyAsInt", Param.of("a", Integer.class), Param.of("b", Integer.class), (a, b) -> a + b));
        assertEquals(3, sums.proxy(type).applyAsInt(1, 2));
        IllegalArgumentException byKeyword =
                assertThrows(IllegalArgumentException.class, () -> sums.proxy(new TypeRef<ByKeyword<Integer>>() {}));
        assertTrue(byKeyword.getMessage().contains("passed by name, and the parameters"), byKeyword.getMessage());
    }

    @PassByKeyword
    interface ByKeyword<T> extends ToIntBiFunction<T, T> {}

    @Test
    @DisplayName("an interface that its module keeps to itself is refused with what to write there")
    @SuppressWarnings({"unchecked", "rawtypes"})
    void closedModule() throws ClassNotFoundException {
        Class<?> type = Class.forName("sun.security.util.Length");
        Object length =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> 1);
        ServiceDefinitionBuilder builder = ServiceDefinition.builder("closed");
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> builder.implement((Class) type, length));
        assertEquals(
                "sun.security.util.Length cannot be used: its module-info.java has to say 'opens sun.security.util to"
                        + " io.hypha.rpc.java;'",
                failure.getMessage());
    }

    interface Progress {
        void update(double part);
    }

    interface Worker {
        void work(Progress progress);
    }

    @Test
    @DisplayName("a functional interface that does not say so is refused with what to write there, on both sides")
    void unmarkedFunctionalInterface() {
        String hint = ". If it is a callback of a service interface, annotate " + Progress.class.getName()
                + " with @Functional";
        ServiceDefinition served = ServiceDefinition.builder("served")
                .implement(Worker.class, progress -> progress.update(1))
                .build();
        IllegalArgumentException received =
                assertThrows(IllegalArgumentException.class, () -> clients.provider.registerService(served));
        assertTrue(received.getMessage().contains(hint), received.getMessage());
        Worker worker = clients.offer(TwoClients.open("worker").action("work", Param.of("p", Object.class), p -> {}))
                .proxy(Worker.class);
        EncodingException sent = assertThrows(EncodingException.class, () -> worker.work(part -> {}));
        assertTrue(sent.getMessage().contains(hint), sent.getMessage());
    }

    interface Watched {
        void watch(HyphaInterface watcher);
    }

    @Test
    @DisplayName("a parameter that arrives as something else is refused with what it is")
    void otherOnArrival() {
        ServiceDefinitionBuilder builder = ServiceDefinition.builder("watched");
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> builder.implement(Watched.class, watcher -> {}));
        assertTrue(failure.getMessage().contains("arrives as a service; make it a HyphaService"), failure.getMessage());
    }

    @Test
    @DisplayName("an implementation has to implement the interface")
    @SuppressWarnings({"unchecked", "rawtypes"})
    void wrongImplementation() {
        ServiceDefinitionBuilder builder = ServiceDefinition.builder("wrong");
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> builder.implement((Class) Overloaded.class, "no such thing"));
        assertTrue(failure.getMessage().contains("overloaded"), failure.getMessage());
        IllegalArgumentException other = assertThrows(
                IllegalArgumentException.class, () -> builder.implement((Class) Renamed.class, "no such thing"));
        assertTrue(other.getMessage().contains("java.lang.String does not implement"), other.getMessage());
    }
}
