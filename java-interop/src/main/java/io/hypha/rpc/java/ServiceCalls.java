package io.hypha.rpc.java;

import io.hypha.rpc.client.ConventionalServicesKt;
import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.client.ServiceType;
import io.hypha.rpc.client.ServiceTypesKt;
import io.hypha.rpc.jvm.Suspending;
import io.hypha.rpc.service.RemoteService;
import io.hypha.rpc.service.ServiceInfo;
import java.util.List;
import java.util.Objects;
import kotlin.Unit;

/** The calls that concern services under ids which everybody knows, and types of services. */
final class ServiceCalls {
    private ServiceCalls() {}

    static Suspending<ServiceType> registerServiceType(
            HyphaConnection connection, String id, ServiceDefinition example) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(example, "example");
        return continuation -> ServiceTypesKt.registerServiceType(connection, id, example.service(), continuation);
    }

    static Suspending<ServiceInfo> export(HyphaConnection connection, ServiceDefinition service) {
        Objects.requireNonNull(service, "service");
        return continuation -> ConventionalServicesKt.export(connection, service.service(), continuation);
    }

    static Suspending<RemoteService> getApp(HyphaConnection connection, String clientId) {
        Objects.requireNonNull(clientId, "clientId");
        return continuation -> ConventionalServicesKt.getApp(connection, clientId, continuation);
    }

    static Suspending<List<ServiceInfo>> listApps(HyphaConnection connection, String workspace) {
        Objects.requireNonNull(workspace, "workspace");
        return continuation -> ConventionalServicesKt.listApps(connection, workspace, continuation);
    }

    static Suspending<ServiceInfo> registerProbes(HyphaConnection connection, HyphaProbes probes) {
        Objects.requireNonNull(probes, "probes");
        return continuation -> ConventionalServicesKt.registerProbes(
                connection,
                builder -> {
                    probes.addTo(builder);
                    return Unit.INSTANCE;
                },
                continuation);
    }
}
