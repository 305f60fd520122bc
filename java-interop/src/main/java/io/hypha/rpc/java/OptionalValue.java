package io.hypha.rpc.java;

import java.lang.reflect.Type;
import java.util.Optional;

/** {@code Optional} values, which travel as what they hold, or as nil. */
final class OptionalValue extends TypedValue {
    final TypedValue held;

    OptionalValue(Type type, TypedValue held) {
        super(type, held.nullable(), held.nullable(), value -> value, value -> value);
        this.held = held;
    }

    @Override
    Object received(Object value) {
        return Optional.ofNullable(held.received(value));
    }

    /** A missing {@code Optional} counts as an empty one. */
    @Override
    Object sent(Object value) {
        return value == null ? null : held.sent(((Optional<?>) value).orElse(null));
    }

    @Override
    String sendingProblem(String what) {
        return held.sendingProblem(what);
    }

    @Override
    String receivingProblem(String what) {
        return held.receivingProblem(what);
    }
}
