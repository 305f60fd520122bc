package io.hypha.rpc.java.shapes;

import io.hypha.rpc.java.AsyncStream;
import io.hypha.rpc.java.HyphaFunction;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.Publishers;
import io.hypha.rpc.java.RemoteStream;
import io.hypha.rpc.java.TypeRef;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/** Compiled, never run: every way to take and to make streams. */
final class StreamShapes {
    private StreamShapes() {}

    static void take(RemoteStream<Integer> stream) {
        try (RemoteStream<Integer> items = stream) {
            for (int item : items) {
                System.out.println(item);
            }
            Iterator<Integer> same = items.iterator();
            Integer next = items.hasNext() ? items.next() : null;
            Stream<Integer> asStream = items.stream();
        }
    }

    static void take(AsyncStream<Integer> stream) {
        CompletableFuture<Void> all = stream.forEach(item -> System.out.println(item));
        CompletableFuture<Boolean> one = stream.tryAdvance(item -> System.out.println(item));
        CompletableFuture<List<Integer>> list = stream.toList();
        CompletableFuture<List<Integer>> some = stream.toList(10);
        stream.close();
    }

    static List<Flow.Publisher<?>> publish(HyphaService service, HyphaFunction function) {
        return Arrays.asList(
                Publishers.stream(service, "count", Integer.class, 3),
                Publishers.stream(service, "count", CallShapes.NUMBERS, 3),
                Publishers.stream(function, Integer.class, 3),
                Publishers.stream(function, CallShapes.NUMBERS, 3));
    }

    static List<RemoteStream<Integer>> make(List<Integer> numbers) {
        return Arrays.asList(
                RemoteStream.of(numbers), RemoteStream.of(numbers.iterator()), RemoteStream.of(numbers.stream()));
    }

    static Type describe() {
        TypeRef<Integer> plain = TypeRef.of(Integer.class);
        return plain.type();
    }
}
