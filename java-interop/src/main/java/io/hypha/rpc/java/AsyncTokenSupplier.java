package io.hypha.rpc.java;

import java.util.concurrent.CompletionStage;

/**
 * Gives the token to connect with later, without blocking a thread: see
 * {@link HyphaClientBuilder#asyncTokenProvider(AsyncTokenSupplier)}.
 */
@FunctionalInterface
public interface AsyncTokenSupplier {
    /** Becomes a token that is valid then; a result of {@code null} to be an anonymous user. */
    CompletionStage<String> get() throws Exception;
}
