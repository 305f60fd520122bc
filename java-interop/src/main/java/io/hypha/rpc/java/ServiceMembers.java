package io.hypha.rpc.java;

import io.hypha.rpc.jvm.BlockingHandler;
import io.hypha.rpc.jvm.JavaMembers;
import io.hypha.rpc.service.MembersBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Collects the functions and constants of a service, of a group in it, or of an interface object. For one thread at a
 * time.
 *
 * <p>A {@code function} returns a result, an {@code action} does not. Handlers run side by side, each on a thread of
 * its own that may block. A result that is a {@code CompletionStage} is waited for without a thread, and cancelled when
 * the caller gives up. Names hold no dot and do not begin with {@code _}; each is used once. What is wrong with a
 * member is an {@code IllegalArgumentException} when the whole is built.
 *
 * @param <S> the builder itself.
 */
public abstract class ServiceMembers<S extends ServiceMembers<S>> {
    private final List<Consumer<MembersBuilder>> parts = new ArrayList<>();

    ServiceMembers() {}

    /**
     * A constant that callers read without a call. It must be a value that can be sent, and no callback or interface
     * object: those belong to one call or one client.
     */
    public S value(String name, Object value) {
        Objects.requireNonNull(name, "name");
        return member(members -> members.value(name, Constants.checked(name, value)));
    }

    /**
     * Functions and constants under a common name: {@code group("math", math -> math.function("mul", …))} makes
     * {@code math.mul}.
     */
    public S group(String name, Consumer<GroupBuilder> build) {
        Objects.requireNonNull(name, "name");
        GroupBuilder group = new GroupBuilder();
        build.accept(group);
        return member(members -> group.addAs(name, members));
    }

    /**
     * Says what a function does, for people and for schemas.
     *
     * @param name a function that was added before.
     */
    public S describe(String name, String description) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        return member(members -> JavaMembers.describe(members, name, description));
    }

    /**
     * Describes a function in your own words in place of what its types say: for language models that need closer
     * words, or for constraints that types do not have (protocol §4.7).
     *
     * @param name a function that was added before.
     * @param schema {@code {"description": …, "parameters": {"type": "object", "properties": {…}, "required": […]}}} as
     *     maps and lists, plain or wrapped as {@code {"type": "function", "function": {…}}}. The description may be
     *     left out. It may name only parameters that the function has.
     */
    public S schema(String name, Map<String, ?> schema) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schema, "schema");
        return member(members -> members.schema(name, schema));
    }

    /** The same as JSON text. */
    public S schema(String name, String json) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(json, "json");
        return member(members -> JavaMembers.schema(members, name, json));
    }

    /** A function without parameters. */
    public <R> S function(String name, Handler0<R> handler) {
        return add(name, Collections.emptyList(), Handlers.function(handler));
    }

    /** A function of one parameter. */
    public <A, R> S function(String name, Param<A> a, Handler1<A, R> handler) {
        return add(name, Collections.singletonList(a), Handlers.function(handler));
    }

    /** A function of two parameters. */
    public <A, B, R> S function(String name, Param<A> a, Param<B> b, Handler2<A, B, R> handler) {
        return add(name, Arrays.asList(a, b), Handlers.function(handler));
    }

    /** A function of three parameters. */
    public <A, B, C, R> S function(String name, Param<A> a, Param<B> b, Param<C> c, Handler3<A, B, C, R> handler) {
        return add(name, Arrays.asList(a, b, c), Handlers.function(handler));
    }

    /** A function of four parameters. */
    public <A, B, C, D, R> S function(
            String name, Param<A> a, Param<B> b, Param<C> c, Param<D> d, Handler4<A, B, C, D, R> handler) {
        return add(name, Arrays.asList(a, b, c, d), Handlers.function(handler));
    }

    /** A function of five parameters. */
    public <A, B, C, D, E, R> S function(
            String name,
            Param<A> a,
            Param<B> b,
            Param<C> c,
            Param<D> d,
            Param<E> e,
            Handler5<A, B, C, D, E, R> handler) {
        return add(name, Arrays.asList(a, b, c, d, e), Handlers.function(handler));
    }

    /** A function that looks its arguments up by parameter, for more than five of them, or to know who calls. */
    public <R> S function(String name, List<Param<?>> parameters, Handler1<Invocation, R> handler) {
        Objects.requireNonNull(handler, "handler");
        List<Param<?>> kept = new ArrayList<>(parameters);
        return add(name, kept, (context, args) -> handler.handle(new Invocation(context, kept, args)));
    }

    /** An action without parameters. */
    public S action(String name, Action0 action) {
        return add(name, Collections.emptyList(), Handlers.action(action));
    }

    /** An action of one parameter. */
    public <A> S action(String name, Param<A> a, Action1<A> action) {
        return add(name, Collections.singletonList(a), Handlers.action(action));
    }

    /** An action of two parameters. */
    public <A, B> S action(String name, Param<A> a, Param<B> b, Action2<A, B> action) {
        return add(name, Arrays.asList(a, b), Handlers.action(action));
    }

    /** An action of three parameters. */
    public <A, B, C> S action(String name, Param<A> a, Param<B> b, Param<C> c, Action3<A, B, C> action) {
        return add(name, Arrays.asList(a, b, c), Handlers.action(action));
    }

    /** An action of four parameters. */
    public <A, B, C, D> S action(
            String name, Param<A> a, Param<B> b, Param<C> c, Param<D> d, Action4<A, B, C, D> action) {
        return add(name, Arrays.asList(a, b, c, d), Handlers.action(action));
    }

    /** An action of five parameters. */
    public <A, B, C, D, E> S action(
            String name, Param<A> a, Param<B> b, Param<C> c, Param<D> d, Param<E> e, Action5<A, B, C, D, E> action) {
        return add(name, Arrays.asList(a, b, c, d, e), Handlers.action(action));
    }

    /** An action that looks its arguments up by parameter, for more than five of them, or to know who calls. */
    public S action(String name, List<Param<?>> parameters, Action1<Invocation> action) {
        Objects.requireNonNull(action, "action");
        return function(name, parameters, call -> {
            action.run(call);
            return null;
        });
    }

    /**
     * Adds the members of an interface, served by {@code implementation}. Other members may stand beside those of one
     * or several interfaces.
     *
     * <p>Which members an interface may have, and under which names, is said at {@link HyphaService#proxy(Class)}; an
     * implementation moreover:
     *
     * <ul>
     *   <li>has names for all of its parameters, since callers may pass arguments by name: compile the interface or the
     *       implementation with {@code javac -parameters}, or annotate the parameters with
     *       {@link io.hypha.rpc.jvm.RemoteName};
     *   <li>may return any value that can be sent: a {@code CompletableFuture} of one, which is cancelled when the
     *       caller gives up, or a stream;
     *   <li>gets {@code Optional.empty()} for an {@code Optional} that callers leave out, or pass nil for, and the
     *       value of {@link DefaultValue} where that stands. All other parameters have to be passed, and are never
     *       {@code null} unless they are of the type {@code Object};
     *   <li>gets who calls in a parameter of the type {@link io.hypha.rpc.call.CallContext}, which no caller can pass,
     *       and arguments by names that it does not declare in a last parameter of the type {@link Kwargs}, without
     *       which they are refused;
     *   <li>receives functions as functional interfaces, whose calls wait or return futures as their methods say;
     *   <li>is asked for its constants and groups here, once.
     * </ul>
     *
     * <p>Its methods run side by side, where other handlers of the service run, and may block and throw anything.
     * {@link io.hypha.rpc.service.Description} at the interface becomes the description of a service without one; it
     * and {@link io.hypha.rpc.service.ParamDescription} describe functions and parameters to people and to language
     * models.
     *
     * @throws IllegalArgumentException when the interface cannot describe a service, naming every member that stands in
     *     the way.
     */
    public <T> S implement(Class<T> type, T implementation) {
        InterfaceMembers found = InterfaceMembers.of(type, implementation);
        return member(found::addTo);
    }

    /** The same for an interface with type parameters: {@code implement(new TypeRef<Store<Integer>>() {}, store)}. */
    public <T> S implement(TypeRef<T> type, T implementation) {
        InterfaceMembers found = InterfaceMembers.of(type.type(), implementation);
        return member(found::addTo);
    }

    /**
     * Adds the public methods of an object that are annotated with {@link Exposed}, {@link Constant} or {@link Group},
     * or that implement or override such methods. What is said at {@link #implement(Class, Object)} holds for them.
     *
     * @throws IllegalArgumentException when no method is annotated, and when one cannot be offered, naming all of them.
     */
    public S members(Object object) {
        InterfaceMembers found = InterfaceMembers.of(object);
        return member(found::addTo);
    }

    private S add(String name, List<Param<?>> params, BlockingHandler handler) {
        Objects.requireNonNull(name, "name");
        params.forEach(param -> Objects.requireNonNull(param, "a parameter"));
        return member(members -> members.function(MemberFunctions.of(name, params, handler)));
    }

    /** Adds what {@code part} does to the members when the whole is built. */
    @SuppressWarnings("unchecked") // Every subclass names itself.
    final S member(Consumer<MembersBuilder> part) {
        parts.add(part);
        return (S) this;
    }

    /** @throws IllegalArgumentException when a name or a schema is not valid, or a name is taken twice. */
    final void addTo(MembersBuilder members) {
        parts.forEach(part -> part.accept(members));
    }
}
