package io.hypha.rpc.samples;

import io.hypha.rpc.PermissionDeniedException;
import io.hypha.rpc.call.WorkspacePermission;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.ServiceInfo;
import java.util.Arrays;
import java.util.Collections;

/** A service for its own workspace and one other, which asks who calls. */
public final class JavaPermissions {
    private JavaPermissions() {}

    /** Asks from three workspaces, with a hub of its own. */
    public static void main(String[] args) {
        try (HyphaHub hub = HyphaHub.start()) {
            Arrays.asList("lab-one", "lab-two", "lab-three").forEach(hub::createWorkspace);
            try (HyphaClient ann = connect(hub, "ann", "lab-one");
                    HyphaClient ben = connect(hub, "ben", "lab-two");
                    HyphaClient cleo = connect(hub, "cleo", "lab-three")) {
                String id = offer(ann).getId();
                Arrays.asList(ann, ben, cleo).forEach(person -> ask(person, id));
            }
        }
    }

    private static HyphaClient connect(HyphaHub hub, String person, String home) {
        String token = hub.createToken(person, home, WorkspacePermission.Admin);
        return Hypha.builder(hub.getUrl()).workspace(home).token(token).connect();
    }

    // tag::java-permissions[]
    static ServiceInfo offer(HyphaClient client) {
        return client.registerService(ServiceDefinition.builder("notebook")
                .authorizedWorkspaces("lab-two")
                .requireContext("greet")
                .function(
                        "greet",
                        Collections.emptyList(),
                        call -> "Hello " + call.context().getUser().getId() + " in "
                                + call.context().getWorkspace())
                .build());
    }
    // end::java-permissions[]

    private static void ask(HyphaClient client, String id) {
        try {
            System.out.println(client.getService(id).call("greet", String.class));
        } catch (PermissionDeniedException e) {
            System.out.println("refused in " + client.workspace());
        }
    }
}
