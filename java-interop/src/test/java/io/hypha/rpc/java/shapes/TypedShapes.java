package io.hypha.rpc.java.shapes;

import io.hypha.rpc.java.Constant;
import io.hypha.rpc.java.DefaultValue;
import io.hypha.rpc.java.Exposed;
import io.hypha.rpc.java.Group;
import io.hypha.rpc.java.Handler1;
import io.hypha.rpc.java.RemoteStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Compiled, never run: every kind of member of an interface or an object that describes a service. */
interface TypedShapes {
    @Constant
    String version();

    @Group
    Part math();

    int add(int a, @DefaultValue("1") int b);

    CompletableFuture<List<Integer>> later(Optional<String> name);

    RemoteStream<Integer> count(int to);

    Stream<Integer> numbers(int to);

    void each(Handler1<Integer, Integer> visit);

    /** Part of a service. */
    interface Part {
        double mul(double a, double b);
    }

    /** Described by its methods alone. */
    final class Described {
        @Exposed("half_of")
        public int half(int number) {
            return number / 2;
        }
    }
}
