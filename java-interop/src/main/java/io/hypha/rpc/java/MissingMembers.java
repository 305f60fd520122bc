package io.hypha.rpc.java;

import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.service.RemoteService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What an interface has and a service lacks. */
final class MissingMembers {
    /** What every service has besides its members. */
    private static final Set<String> PROPERTIES = new HashSet<>(
            Arrays.asList("id", "name", "type", "description", "docs", "config", "app_id", "service_schema"));

    final List<String> names = new ArrayList<>();
    private final RemoteService service;

    MissingMembers(RemoteService service) {
        this.service = service;
    }

    /** What to do about something else that stands in the place of a function. */
    static String hint(Object received) {
        if (received == null) {
            return "";
        }
        return received instanceof Map
                ? " (it is a group there: annotate the method with @Group)"
                : " (it is a constant there: annotate the method with @Constant)";
    }

    /** @throws MethodNotFoundException when something is missing; it names all of that, and what there is. */
    void requireNone(Class<?> type) {
        if (names.isEmpty()) {
            return;
        }
        List<String> functions = service.functionNames();
        List<String> constants = new ArrayList<>();
        service.getEntries().forEach((name, value) -> {
            if (isConstant(name, value)) {
                constants.add(name);
            }
        });
        String complaint = "service " + service.getId() + " does not fit " + type.getName()
                + ": it lacks " + names.stream().collect(Collectors.joining(", ")) + ". It has "
                + (functions.isEmpty()
                        ? "no functions"
                        : "the functions " + functions.stream().collect(Collectors.joining(", ")))
                + (constants.isEmpty()
                        ? ""
                        : " and the constants " + constants.stream().collect(Collectors.joining(", ")));
        throw new MethodNotFoundException(complaint, null);
    }

    private static boolean isConstant(String name, Object value) {
        return !PROPERTIES.contains(name)
                && !name.startsWith("_")
                && !(value instanceof RemoteFunction)
                && !(value instanceof Map);
    }
}
