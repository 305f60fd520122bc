package io.hypha.rpc.java;

/**
 * Gives the token to connect with, for tokens that end: see {@link HyphaClientBuilder#tokenProvider(TokenSupplier)}. It
 * may block and throw anything.
 */
@FunctionalInterface
public interface TokenSupplier {
    /** A token that is valid now; {@code null} to be an anonymous user. */
    String get() throws Exception;
}
