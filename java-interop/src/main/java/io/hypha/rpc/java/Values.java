package io.hypha.rpc.java;

import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.jvm.ByteSourceStreams;
import io.hypha.rpc.jvm.JavaClasses;
import io.hypha.rpc.jvm.JavaShapes;
import io.hypha.rpc.jvm.JavaValues;
import io.hypha.rpc.jvm.PullStream;
import io.hypha.rpc.jvm.ReceivedItems;
import io.hypha.rpc.service.RemoteDisposalKt;
import io.hypha.rpc.value.ByteSource;
import io.hypha.rpc.value.OrderedMap;
import io.hypha.rpc.wire.Bytes;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kotlin.ULong;
import kotlinx.coroutines.flow.Flow;

/** Received values as Java knows them. */
final class Values implements JavaValues {
    private static final Values INSTANCE = new Values();
    static final JavaShapes SHAPES = new JavaShapes(INSTANCE);
    static final JavaClasses CLASSES = new JavaClasses(INSTANCE);

    private static final Set<Class<?>> KNOWN = new HashSet<>(Arrays.asList(
            Object.class,
            Number.class,
            BigInteger.class,
            InputStream.class,
            HyphaFunction.class,
            HyphaAsyncFunction.class,
            HyphaService.class,
            HyphaAsyncService.class));

    private Values() {}

    @Override
    public boolean knows(Class<?> type) {
        return KNOWN.contains(type);
    }

    @Override
    public Object fit(Object value, Class<?> type) {
        Object converted = toJava(value);
        if (type.isInstance(converted)) {
            return converted;
        }
        if (type == HyphaAsyncFunction.class && converted instanceof HyphaFunction) {
            return ((HyphaFunction) converted).async();
        }
        if (type == HyphaService.class && value instanceof Map) {
            return new HyphaService(RemoteDisposalKt.asRemoteService((Map<?, ?>) value));
        }
        if (type == HyphaAsyncService.class && value instanceof Map) {
            return new HyphaAsyncService(RemoteDisposalKt.asRemoteService((Map<?, ?>) value));
        }
        if (type == BigInteger.class && converted instanceof Long) {
            return BigInteger.valueOf((Long) converted);
        }
        return null;
    }

    @Override
    public boolean isStream(Class<?> type) {
        return type == RemoteStream.class;
    }

    @Override
    public Object stream(Flow<?> items, Class<?> type) {
        return new RemoteStream<>(new PullStream<>(items));
    }

    static Object toJava(Object value) {
        if (value instanceof Bytes) {
            return ((Bytes) value).toByteArray();
        } else if (value instanceof ULong) {
            return new BigInteger(value.toString());
        } else if (value instanceof OrderedMap) {
            return new OrderedMap(mapOf((Map<?, ?>) value));
        } else if (value instanceof Map) {
            return mapOf((Map<?, ?>) value);
        } else if (value instanceof List) {
            return addAll((List<?>) value, new ArrayList<>(((List<?>) value).size()));
        } else if (value instanceof Set) {
            return addAll((Set<?>) value, new LinkedHashSet<>());
        } else if (value instanceof RemoteFunction) {
            return new HyphaFunction((RemoteFunction) value);
        } else if (value instanceof Flow) {
            return new RemoteStream<>(new PullStream<>(ReceivedItems.map((Flow<?>) value, Values::toJava)));
        } else if (value instanceof ByteSource) {
            return ByteSourceStreams.asInputStream((ByteSource) value);
        } else if (value instanceof kotlin.time.Instant) {
            return Instants.toJava((kotlin.time.Instant) value);
        }
        return value;
    }

    private static Map<Object, Object> mapOf(Map<?, ?> received) {
        Map<Object, Object> map = new LinkedHashMap<>();
        received.forEach((key, value) -> map.put(toJava(key), toJava(value)));
        return map;
    }

    private static Collection<Object> addAll(Iterable<?> received, Collection<Object> target) {
        for (Object element : received) {
            target.add(toJava(element));
        }
        return target;
    }
}
