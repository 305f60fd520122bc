package io.hypha.rpc.java;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.service.Visibility;

/** A hub with two clients: one that offers services and one that calls them. */
final class TwoClients implements AutoCloseable {
    final HyphaHub hub = HyphaHub.start();
    final HyphaClient provider = Hypha.connect(hub.getUrl());
    final HyphaClient caller = Hypha.connect(hub.getUrl());

    /** A definition that every client may call. */
    static ServiceDefinitionBuilder open(String id) {
        return ServiceDefinition.builder(id).visibility(Visibility.Public);
    }

    /** Has the provider offer it, and the caller get it. */
    HyphaService offer(ServiceDefinitionBuilder service) {
        return caller.getService(provider.registerService(service.build()).getId());
    }

    @Override
    public void close() {
        caller.close();
        provider.close();
        hub.close();
    }
}
