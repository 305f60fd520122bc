package io.hypha.rpc.java;

import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HubOptionsBuilder;
import io.hypha.rpc.hub.HyphaHub;

/** A hub whose root may do everything, in the workspace {@code garden}. */
final class RootHub implements AutoCloseable {
    static final String TOKEN = "a-root-token-that-is-for-this-test-only";

    final HyphaHub hub;

    RootHub() {
        this(HubOptions.builder());
    }

    RootHub(HubOptionsBuilder options) {
        hub = HyphaHub.start(options.rootToken(TOKEN).build());
        hub.createWorkspace("garden");
    }

    String url() {
        return hub.getUrl();
    }

    /** The root user in the garden, to be described further. */
    HyphaClientBuilder root() {
        return Hypha.builder(url()).token(TOKEN).workspace("garden");
    }

    @Override
    public void close() {
        hub.close();
    }
}
