package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.service.ServiceBuilder;
import io.hypha.rpc.service.ServiceBuilderKt;
import io.hypha.rpc.service.Visibility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import kotlin.Unit;

/** Describes a service; made by {@link ServiceDefinition#builder}. For one thread at a time. */
public final class ServiceDefinitionBuilder extends ServiceMembers<ServiceDefinitionBuilder> {
    private final String id;
    private final List<Consumer<ServiceBuilder>> properties = new ArrayList<>();

    ServiceDefinitionBuilder(String id) {
        this.id = Objects.requireNonNull(id, "id");
    }

    /** The name to show; the id by default. */
    public ServiceDefinitionBuilder name(String name) {
        Objects.requireNonNull(name, "name");
        return with(builder -> builder.setName(name));
    }

    /** What kind of service it is, for queries; {@code generic} by default. It holds none of {@code / : @ |}. */
    public ServiceDefinitionBuilder type(String type) {
        Objects.requireNonNull(type, "type");
        return with(builder -> builder.setType(type));
    }

    /** What it is for, up to 1,024 characters. */
    public ServiceDefinitionBuilder description(String description) {
        return with(builder -> builder.setDescription(description));
    }

    /** Longer documentation. */
    public ServiceDefinitionBuilder docs(String docs) {
        return with(builder -> builder.setDocs(docs));
    }

    /** Who may find and call it; {@link Visibility#Protected} by default. */
    public ServiceDefinitionBuilder visibility(Visibility visibility) {
        Objects.requireNonNull(visibility, "visibility");
        return with(builder -> builder.setVisibility(visibility));
    }

    /**
     * Other workspaces that may find and call a protected service. Register the service again, as a replacement, to
     * change them. Others do not see the list (protocol §7.2).
     *
     * @param ids the ids of the workspaces; there are no patterns.
     */
    public ServiceDefinitionBuilder authorizedWorkspaces(String... ids) {
        List<String> kept = Arrays.asList(ids.clone());
        kept.forEach(workspace -> Objects.requireNonNull(workspace, "a workspace"));
        return with(builder -> builder.setAuthorizedWorkspaces(kept));
    }

    /**
     * Announces to other clients that all functions use the caller's context (protocol §9.1). Handlers here have it in
     * any case ({@link Invocation#context()}), and nobody can send another: a keyword argument {@code context} is
     * dropped, unless it is a parameter of the function.
     */
    public ServiceDefinitionBuilder requireContext() {
        return with(builder -> builder.setRequireContext(true));
    }

    /** The same for some functions only, nested ones with dots: {@code requireContext("greet", "math.mul")}. */
    public ServiceDefinitionBuilder requireContext(String name, String... more) {
        List<String> names = new ArrayList<>();
        names.add(Objects.requireNonNull(name, "name"));
        for (String other : more) {
            names.add(Objects.requireNonNull(other, "a name"));
        }
        return with(builder -> builder.requireContext(names.toArray(new String[0])));
    }

    /**
     * Any further entry of the service's {@code config}, kept and returned as it is (protocol §7.2).
     *
     * @param value what can be sent.
     */
    public ServiceDefinitionBuilder config(String key, Object value) {
        Objects.requireNonNull(key, "key");
        return with(builder -> builder.config(key, value));
    }

    /**
     * Where the handlers of this service run, in place of the executor of the client. What
     * {@link HyphaClientBuilder#executor} says of small pools and of rejected tasks holds here too.
     */
    public ServiceDefinitionBuilder executor(Executor executor) {
        JavaExecution execution = new JavaExecution(Objects.requireNonNull(executor, "executor"));
        return with(builder -> builder.setCoroutineContext(execution));
    }

    /**
     * The finished definition. The builder can go on and build others.
     *
     * @throws IllegalArgumentException when a property or a member is not valid, or a name is taken twice.
     */
    public ServiceDefinition build() {
        try {
            return new ServiceDefinition(ServiceBuilderKt.service(id, builder -> {
                properties.forEach(property -> property.accept(builder));
                addTo(builder);
                return Unit.INSTANCE;
            }));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the service '" + id + "' is not valid: " + e.getMessage(), e);
        }
    }

    private ServiceDefinitionBuilder with(Consumer<ServiceBuilder> property) {
        properties.add(property);
        return this;
    }
}
