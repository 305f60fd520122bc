package io.hypha.rpc.java;

import kotlinx.coroutines.DisposableHandle;

/** A listener that is registered, until it is closed or the connection ends. */
public final class ListenerHandle implements AutoCloseable {
    private final DisposableHandle handle;

    ListenerHandle(DisposableHandle handle) {
        this.handle = handle;
    }

    /**
     * Stops listening. Nothing more is heard, not even what has arrived already; a call of the listener that is running
     * goes on to its end. May be called again.
     */
    @Override
    public void close() {
        handle.dispose();
    }
}
