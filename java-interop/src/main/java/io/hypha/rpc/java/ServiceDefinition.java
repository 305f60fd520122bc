package io.hypha.rpc.java;

import io.hypha.rpc.service.Service;

/**
 * A service to offer to others: {@code client.registerService(definition)}.
 *
 * <pre>{@code
 * ServiceDefinition.builder("calculator")
 *         .function("add", Param.of("a", Integer.class), Param.of("b", Integer.class), (a, b) -> a + b)
 *         .build();
 * }</pre>
 */
public final class ServiceDefinition {
    private final Service service;

    ServiceDefinition(Service service) {
        this.service = service;
    }

    Service service() {
        return service;
    }

    /**
     * A service to be described further.
     *
     * @param id its id within the client that offers it.
     */
    public static ServiceDefinitionBuilder builder(String id) {
        return new ServiceDefinitionBuilder(id);
    }

    /**
     * The service that an interface describes: {@code ServiceDefinition.of("calc", Calculator.class, new
     * MyCalculator())}. See {@link ServiceMembers#implement(Class, Object)}.
     *
     * @param id its id within the client that offers it.
     */
    public static <T> ServiceDefinition of(String id, Class<T> type, T implementation) {
        return builder(id).implement(type, implementation).build();
    }

    /** Its id within the client that offers it. */
    public String id() {
        return service.getId();
    }

    @Override
    public String toString() {
        return "ServiceDefinition(" + id() + ")";
    }
}
