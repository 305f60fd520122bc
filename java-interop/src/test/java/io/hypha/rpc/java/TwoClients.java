package io.hypha.rpc.java;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.service.Visibility;
import java.util.concurrent.Executor;

/** A hub with two clients: one that offers services and one that calls them. */
final class TwoClients implements AutoCloseable {
    final HyphaHub hub = HyphaHub.start();
    final HyphaClient provider;
    final HyphaClient caller;

    TwoClients() {
        this(null, null);
    }

    /** With executors of their own, or {@code null} for that of the library. */
    TwoClients(Executor providing, Executor calling) {
        provider = connect(providing);
        caller = connect(calling);
    }

    private HyphaClient connect(Executor executor) {
        HyphaClientBuilder builder = Hypha.builder(hub.getUrl());
        return (executor == null ? builder : builder.executor(executor)).connect();
    }

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
