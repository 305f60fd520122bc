package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaExecution;
import java.lang.reflect.Type;
import java.util.Optional;

/** {@code Optional} values, which travel as what they hold, or as nil. */
final class OptionalValue extends TypedValue {
    final TypedValue held;

    OptionalValue(Type type, TypedValue held) {
        super(type, held.nullable(), held.nullable(), AS_IT_IS, AS_IT_IS);
        this.held = held;
    }

    @Override
    Object received(Object value, JavaExecution execution) {
        return Optional.ofNullable(held.received(value, execution));
    }

    @Override
    boolean isReadAsItIs() {
        return false;
    }

    /** A missing {@code Optional} counts as an empty one. */
    @Override
    Object sent(Object value, JavaExecution execution) {
        return value == null ? null : held.sent(((Optional<?>) value).orElse(null), execution);
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
