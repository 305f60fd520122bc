package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.PullStream;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.stream.Stream;
import kotlinx.coroutines.flow.Flow;

/** Types of streams. */
final class StreamType extends TypedValue {
    final Type item;

    private StreamType(Type type, Type item) {
        super(
                type,
                shape(item),
                shape(item),
                (value, execution) -> received(Generics.rawClass(type), (Flow<?>) value, execution),
                AS_IT_IS);
        this.item = item;
    }

    static boolean isOne(Class<?> type) {
        return type == RemoteStream.class
                || type == AsyncStream.class
                || type == Iterator.class
                || type == Stream.class
                || isPublisher(type);
    }

    /** Whether whoever takes it does not wait. */
    boolean isAsynchronous() {
        Class<?> raw = Generics.rawClass(type);
        return raw == AsyncStream.class || isPublisher(raw);
    }

    static StreamType of(Type type) {
        return new StreamType(type, Generics.argument(type));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // What is read is a flow.
    private static io.hypha.rpc.value.Shape<Object> shape(Type item) {
        return (io.hypha.rpc.value.Shape) Values.SHAPES.stream(item);
    }

    private static Object received(Class<?> type, Flow<?> flow, JavaExecution execution) {
        if (type == AsyncStream.class) {
            return new AsyncStream<>(flow, execution);
        } else if (isPublisher(type)) {
            return PublisherType.received(flow, execution);
        }
        RemoteStream<?> stream = new RemoteStream<>(new PullStream<>(flow));
        return type == Stream.class ? stream.stream() : stream;
    }

    /** Android has publishers from API level 30 on, so their class is not mentioned here. */
    private static boolean isPublisher(Class<?> type) {
        return type.getName().equals("java.util.concurrent.Flow$Publisher");
    }

    @Override
    String sendingProblem(String what) {
        boolean isSent = Generics.rawClass(type) != AsyncStream.class;
        return isSent
                ? null
                : what
                        + " is an AsyncStream, which is for receiving; make it a RemoteStream, which RemoteStream.of makes";
    }
}
