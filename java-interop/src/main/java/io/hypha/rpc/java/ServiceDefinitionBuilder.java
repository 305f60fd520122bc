package io.hypha.rpc.java;

import io.hypha.rpc.call.LocalFunction;
import io.hypha.rpc.call.Parameter;
import io.hypha.rpc.jvm.BlockingFunctions;
import io.hypha.rpc.jvm.BlockingHandler;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.service.ServiceBuilder;
import io.hypha.rpc.service.ServiceBuilderKt;
import io.hypha.rpc.service.Visibility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import kotlin.Unit;

/**
 * Describes a service; made by {@link ServiceDefinition#builder}. For one thread at a time.
 *
 * <p>Handlers run side by side, each on a thread of its own that may block. A {@code function} returns a result, an
 * {@code action} does not.
 */
public final class ServiceDefinitionBuilder {
    private final String id;
    private final List<Consumer<ServiceBuilder>> parts = new ArrayList<>();

    ServiceDefinitionBuilder(String id) {
        this.id = Objects.requireNonNull(id, "id");
    }

    /** The name to show; the id by default. */
    public ServiceDefinitionBuilder name(String name) {
        return with(builder -> builder.setName(name));
    }

    /** What kind of service it is, for queries; {@code generic} by default. */
    public ServiceDefinitionBuilder type(String type) {
        return with(builder -> builder.setType(type));
    }

    /** What it is for, up to 1,024 characters. */
    public ServiceDefinitionBuilder description(String description) {
        return with(builder -> builder.setDescription(description));
    }

    /** Who may find and call it; {@link Visibility#Protected} by default. */
    public ServiceDefinitionBuilder visibility(Visibility visibility) {
        return with(builder -> builder.setVisibility(visibility));
    }

    /** Where the handlers of this service run, in place of the executor of the client. */
    public ServiceDefinitionBuilder executor(Executor executor) {
        JavaExecution execution = new JavaExecution(executor);
        return with(builder -> builder.setCoroutineContext(execution));
    }

    /** A constant that callers read without a call. It must be a value that can be sent. */
    public ServiceDefinitionBuilder value(String name, Object value) {
        return with(builder -> builder.value(name, value));
    }

    /** A function without parameters. */
    public <R> ServiceDefinitionBuilder function(String name, Handler0<R> handler) {
        return add(name, Collections.emptyList(), (context, args) -> handler.handle());
    }

    /** A function of one parameter. */
    public <A, R> ServiceDefinitionBuilder function(String name, Param<A> a, Handler1<A, R> handler) {
        return add(name, Collections.singletonList(a), Handlers.function(handler));
    }

    /** A function of two parameters. */
    public <A, B, R> ServiceDefinitionBuilder function(String name, Param<A> a, Param<B> b, Handler2<A, B, R> handler) {
        return add(name, Arrays.asList(a, b), Handlers.function(handler));
    }

    /** A function of three parameters. */
    public <A, B, C, R> ServiceDefinitionBuilder function(
            String name, Param<A> a, Param<B> b, Param<C> c, Handler3<A, B, C, R> handler) {
        return add(name, Arrays.asList(a, b, c), Handlers.function(handler));
    }

    /** A function that looks its arguments up by parameter, for more than three of them, or to know who calls. */
    public <R> ServiceDefinitionBuilder function(
            String name, List<Param<?>> parameters, Handler1<Invocation, R> handler) {
        List<Param<?>> kept = new ArrayList<>(parameters);
        return add(name, kept, (context, args) -> handler.handle(new Invocation(context, kept, args)));
    }

    /** An action without parameters. */
    public ServiceDefinitionBuilder action(String name, Action0 action) {
        return add(name, Collections.emptyList(), Handlers.action(action));
    }

    /** An action of one parameter. */
    public <A> ServiceDefinitionBuilder action(String name, Param<A> a, Action1<A> action) {
        return add(name, Collections.singletonList(a), Handlers.action(action));
    }

    /** An action of two parameters. */
    public <A, B> ServiceDefinitionBuilder action(String name, Param<A> a, Param<B> b, Action2<A, B> action) {
        return add(name, Arrays.asList(a, b), Handlers.action(action));
    }

    /** An action of three parameters. */
    public <A, B, C> ServiceDefinitionBuilder action(
            String name, Param<A> a, Param<B> b, Param<C> c, Action3<A, B, C> action) {
        return add(name, Arrays.asList(a, b, c), Handlers.action(action));
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
    public <T> ServiceDefinitionBuilder implement(Class<T> type, T implementation) {
        InterfaceMembers members = InterfaceMembers.of(type, implementation);
        return with(members::addTo);
    }

    /** The same for an interface with type parameters: {@code implement(new TypeRef<Store<Integer>>() {}, store)}. */
    public <T> ServiceDefinitionBuilder implement(TypeRef<T> type, T implementation) {
        InterfaceMembers members = InterfaceMembers.of(type.type(), implementation);
        return with(members::addTo);
    }

    /**
     * Adds the public methods of an object that are annotated with {@link Exposed}, {@link Constant} or {@link Group},
     * or that implement or override such methods. What is said at {@link #implement(Class, Object)} holds for them.
     *
     * @throws IllegalArgumentException when no method is annotated, and when one cannot be offered, naming all of them.
     */
    public ServiceDefinitionBuilder members(Object object) {
        InterfaceMembers members = InterfaceMembers.of(object);
        return with(members::addTo);
    }

    /**
     * The finished definition.
     *
     * @throws IllegalArgumentException when an id or a name is not valid, or taken twice.
     */
    public ServiceDefinition build() {
        return new ServiceDefinition(ServiceBuilderKt.service(id, builder -> {
            parts.forEach(part -> part.accept(builder));
            return Unit.INSTANCE;
        }));
    }

    private ServiceDefinitionBuilder with(Consumer<ServiceBuilder> part) {
        parts.add(part);
        return this;
    }

    private ServiceDefinitionBuilder add(String name, List<Param<?>> params, BlockingHandler handler) {
        List<Parameter> parameters = new ArrayList<>();
        for (Param<?> param : params) {
            parameters.add(param.parameter());
        }
        LocalFunction function = BlockingFunctions.member(name, null, parameters, handler);
        return with(builder -> builder.function(function));
    }
}
