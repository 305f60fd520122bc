package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.PullStream;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
        return type == RemoteStream.class || type == Iterator.class || type == Stream.class;
    }

    static StreamType of(Type type) {
        return new StreamType(type, Generics.argument(type));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // What is read is a flow.
    private static io.hypha.rpc.value.Shape<Object> shape(Type item) {
        return (io.hypha.rpc.value.Shape) Values.SHAPES.stream(item);
    }

    private static Object received(Class<?> type, Flow<?> flow, JavaExecution execution) {
        RemoteStream<?> stream = new RemoteStream<>(new PullStream<>(flow));
        if (type == Stream.class) {
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(stream, Spliterator.ORDERED), false)
                    .onClose(stream::close);
        }
        return stream;
    }
}
