package io.hypha.rpc.samples;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.HyphaTools;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.service.Visibility;
import java.util.Collections;

/** A service that describes itself, and a language model that calls it. */
public final class JavaSchemas {
    private JavaSchemas() {}

    /** Runs both sides, with a hub of its own. */
    public static void main(String[] args) {
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            answer(caller.getService(offer(provider).getId()));
        }
    }

    // tag::java-schemas[]
    static ServiceInfo offer(HyphaClient client) {
        return client.registerService(ServiceDefinition.builder("weather")
                .visibility(Visibility.Public)
                .function(
                        "forecast",
                        Param.of("city", String.class).describedAs("The name of the city"),
                        Param.optional("days", Integer.class, 1).describedAs("How far ahead"),
                        (city, days) -> Collections.nCopies(days, city.length()))
                .describe("forecast", "The temperatures to come, in °C")
                .build());
    }
    // end::java-schemas[]

    // tag::java-tools[]
    static void answer(HyphaService weather) {
        HyphaTools tools = weather.tools();
        System.out.println("to the model    " + tools.definitionsJson());

        // What a model answers when somebody asks how warm it will be in Bern tomorrow.
        String name = "forecast";
        String arguments = "{\"city\": \"Bern\", \"days\": 2}";
        System.out.println("from the model  " + name + " " + arguments);

        System.out.println("back to it      " + tools.run(name, arguments));
    }
    // end::java-tools[]
}
