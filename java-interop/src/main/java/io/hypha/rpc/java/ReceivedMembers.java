package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaConstants;
import io.hypha.rpc.service.RemoteDisposalKt;
import io.hypha.rpc.service.RemoteService;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a service of another client holds beside its functions. */
final class ReceivedMembers {
    private ReceivedMembers() {}

    /** The entries of a map that was received, as Java knows them. */
    @SuppressWarnings("unchecked") // Their keys are text.
    static Map<String, Object> javaMap(Map<String, ?> received) {
        return (Map<String, Object>) Values.toJava(received);
    }

    static Object value(RemoteService service, String path) {
        return Values.toJava(service.value(path));
    }

    /** The constant at {@code path} as an instance of {@code type}; {@code null} when there is none. */
    @SuppressWarnings("unchecked") // It is checked, or read as that type.
    static <T> T value(RemoteService service, String path, Type type) {
        Object received = service.value(path);
        if (received == null) {
            return null;
        }
        Object value = Values.toJava(received);
        if (type instanceof Class && ((Class<?>) type).isInstance(value)) {
            return (T) value;
        }
        return JavaConstants.read(service, received, Values.SHAPES.<T>required(type));
    }

    /** A service that was received without a type, made of functions as Java knows them. */
    static RemoteService serviceOf(Map<?, ?> received) {
        return RemoteDisposalKt.asRemoteService((Map<?, ?>) received(received));
    }

    /** The value as it was received. */
    private static Object received(Object value) {
        if (value instanceof HyphaFunction) {
            return ((HyphaFunction) value).function();
        } else if (value instanceof Map) {
            Map<Object, Object> map = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, element) -> map.put(key, received(element)));
            return map;
        } else if (value instanceof List) {
            List<Object> list = new ArrayList<>();
            ((List<?>) value).forEach(element -> list.add(received(element)));
            return list;
        }
        return value;
    }
}
