package io.hypha.rpc.samples;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.DefaultValue;
import io.hypha.rpc.java.Exposed;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.Visibility;

/** A service made of an object whose methods are annotated. With a hub of its own. */
public final class JavaMembers {
    private JavaMembers() {}

    /** Starts a hub and two clients, one of which moves what the other has. */
    public static void main(String[] args) {
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            String id = provider.registerService(definition(new Stage())).getId();
            HyphaService stage = caller.getService(id);
            System.out.println("moved to " + stage.call("move", Double.class, 1.5));
            System.out.println("moved to " + stage.call("move", Double.class));
        }
    }

    // tag::java-members[]
    /** The stage of a microscope: what is exposed can be called by others. */
    public static final class Stage {
        private double position;

        /** Moves by millimetres, and returns where it is then. */
        @Exposed
        public synchronized double move(@DefaultValue("0.5") double distance) {
            position += distance;
            return position;
        }

        /** Of no concern to others. */
        public synchronized void reset() {
            position = 0;
        }
    }

    static ServiceDefinition definition(Stage stage) {
        return ServiceDefinition.builder("stage")
                .visibility(Visibility.Public)
                .members(stage)
                .build();
    }
    // end::java-members[]
}
