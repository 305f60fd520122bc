package io.hypha.rpc.java;

import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.call.TransferProgress;
import io.hypha.rpc.jvm.JavaCalls;
import java.util.Objects;

/** How far calls have come, for both views of a function. */
final class Progress {
    private Progress() {}

    /** {@code function} with calls whose progress {@code listener} hears. */
    static RemoteFunction told(RemoteFunction function, Listener<? super TransferProgress> listener) {
        Objects.requireNonNull(listener, "listener");
        return JavaCalls.onProgress(function, listener::hear);
    }
}
