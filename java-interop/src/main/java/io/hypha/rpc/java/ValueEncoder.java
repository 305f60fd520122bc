package io.hypha.rpc.java;

/**
 * Says how instances of a class travel; part of a {@link HyphaCodec}. It runs on a thread of the connection: it must be
 * quick, and blocking calls are refused there.
 *
 * @param <T> the class.
 */
@FunctionalInterface
public interface ValueEncoder<T> {
    /**
     * What to send for a value: a map of anything that can be sent, which gets the name of the codec as its
     * {@code _rtype} if it has none, or another value, which is sent as it is. What it throws ends the call as an
     * {@link io.hypha.rpc.EncodingException} with that cause.
     */
    Object encode(T value) throws Exception;
}
