package io.hypha.rpc.java;

import io.hypha.rpc.service.RemoteService;
import io.hypha.rpc.service.ServiceToolsKt;
import java.util.List;
import java.util.Map;

/** What both views of a service have alike, since it asks nobody. */
abstract class ServiceFace implements AutoCloseable {
    final RemoteService service;

    ServiceFace(RemoteService service) {
        this.service = service;
    }

    RemoteService service() {
        return service;
    }

    /** The full id, {@code workspace/client:service}. */
    public String id() {
        return service.getId();
    }

    /** The name to show, or {@code null}. */
    public String name() {
        return service.getName();
    }

    /** What it is for, or {@code null}. */
    public String description() {
        return service.getDescription();
    }

    /** What kind of service it is, or {@code null}. */
    public String type() {
        return service.getType();
    }

    /** Longer documentation, mostly a text, or {@code null}. */
    public Object docs() {
        return Values.toJava(service.getDocs());
    }

    /** Its {@code config} (protocol §7.2), such as the {@code visibility}. */
    public Map<String, Object> config() {
        return ReceivedMembers.javaMap(service.getConfig());
    }

    /**
     * Everything in it as it was received: functions as {@link HyphaFunction}, nested groups as maps, constants as
     * values.
     */
    public Map<String, Object> entries() {
        return ReceivedMembers.javaMap(service.getEntries());
    }

    /** The constant, group or function at a path such as {@code math.pi}; {@code null} when there is none. */
    public Object value(String path) {
        return ReceivedMembers.value(service, path);
    }

    /**
     * The constant at a path such as {@code math.pi} as a type; {@code null} when there is none.
     *
     * @throws io.hypha.rpc.EncodingException when it is of another type.
     */
    public <T> T value(String path, Class<T> type) {
        return ReceivedMembers.value(service, path, type);
    }

    /** The same with type arguments. */
    public <T> T value(String path, TypeRef<T> type) {
        return ReceivedMembers.value(service, path, type.type());
    }

    /**
     * What its members look like, as its provider describes them: functions with their parameters, groups, constants
     * (protocol §7.3). A function that is not described has its name only.
     */
    public Map<String, Object> serviceSchema() {
        return ReceivedMembers.javaMap(ServiceToolsKt.serviceSchema(service));
    }

    /** The names of all functions, nested ones with dots. */
    public List<String> functionNames() {
        return service.functionNames();
    }

    @Override
    public abstract void close();
}
