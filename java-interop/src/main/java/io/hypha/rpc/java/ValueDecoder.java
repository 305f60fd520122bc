package io.hypha.rpc.java;

import java.util.Map;

/**
 * Makes an instance of a class from what was received; part of a {@link HyphaCodec}. It runs on a thread of the
 * connection: it must be quick, and blocking calls are refused there.
 *
 * @param <T> the class.
 */
@FunctionalInterface
public interface ValueDecoder<T> {
    /**
     * The value that a map stands for. Its entries are what they are when they are asked for as {@code Object}, and its
     * {@code _rtype} is among them. What it throws ends the call as an {@link io.hypha.rpc.EncodingException} with that
     * cause.
     */
    T decode(Map<String, Object> map) throws Exception;
}
