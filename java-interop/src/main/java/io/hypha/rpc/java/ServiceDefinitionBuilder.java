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
 * {@code action} does not. A result that is a {@code CompletionStage} is waited for without a thread, and cancelled
 * when the caller gives up.
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

    /**
     * Where the handlers of this service run, in place of the executor of the client. What
     * {@link HyphaClientBuilder#executor} says of small pools and of rejected tasks holds here too.
     */
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
