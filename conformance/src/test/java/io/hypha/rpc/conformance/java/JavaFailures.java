package io.hypha.rpc.conformance.java;

import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinitionBuilder;
import java.io.IOException;
import java.util.Collections;

/** The functions of {@code provider/errors.mjs} in Java. */
final class JavaFailures {
    private JavaFailures() {}

    static void define(ServiceDefinitionBuilder service) {
        Param<String> message = Param.of("message", String.class);
        service.action("fail", message, text -> {
                    throw new IllegalStateException(text);
                })
                .action("failLater", message, text -> {
                    Thread.yield();
                    throw new IOException(text);
                })
                .action("failNamed", message, text -> {
                    throw new SporeError(text);
                })
                .action("failType", () -> {
                    throw new ClassCastException("no such type");
                })
                .function("returnsUnsendable", () -> Collections.singletonMap("spore", Thread.currentThread()));
    }

    /** An error with a name of its own. */
    private static final class SporeError extends Exception {
        private static final long serialVersionUID = 1;

        SporeError(String message) {
            super(message);
        }
    }
}
