package io.hypha.rpc.samples;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.RegisterOption;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.ServiceInfo;

/** What all services of one kind have in common, and services that are held against it. */
public final class JavaServiceTypes {
    private JavaServiceTypes() {}

    /** Registers one that fits and one that does not, with a hub of its own. */
    public static void main(String[] args) {
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient client = Hypha.builder(hub.getUrl())
                        .token(hub.createToken("ada"))
                        .connect()) {
            define(client);
            offer(client);
            System.out.println(client.getService("porch").serviceSchema());
            ServiceDefinition cellar =
                    ServiceDefinition.builder("cellar").type("thermometer").build();
            try {
                client.registerService(cellar, RegisterOption.CHECK_TYPE);
            } catch (IllegalArgumentException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    // tag::java-service-types[]
    static void define(HyphaClient client) {
        Param<String> unit = Param.optional("unit", String.class, "C").describedAs("C or F");
        ServiceDefinition example = ServiceDefinition.builder("example")
                .name("Thermometer")
                .function("read", unit, given -> 0.0)
                .describe("read", "The temperature now")
                .build();
        client.registerServiceType("thermometer", example);
    }

    static ServiceInfo offer(HyphaClient client) {
        ServiceDefinition porch = ServiceDefinition.builder("porch")
                .type("thermometer")
                .function("read", Param.optional("unit", String.class, "C"), unit -> unit.equals("F") ? 70.7 : 21.5)
                .build();
        return client.registerService(porch, RegisterOption.CHECK_TYPE);
    }
    // end::java-service-types[]
}
