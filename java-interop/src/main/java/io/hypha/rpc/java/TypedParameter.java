package io.hypha.rpc.java;

import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.call.Parameter;
import io.hypha.rpc.jvm.BlockingFunctions;
import io.hypha.rpc.jvm.RemoteName;
import io.hypha.rpc.service.ParamDescription;
import java.lang.reflect.Type;

/** A parameter of a method that describes a function. */
final class TypedParameter {
    /** The name on the wire; {@code null} when nothing says it. */
    final String name;

    final TypedValue value;
    private final String description;
    private final boolean hasDefault;
    private final Object defaultValue;

    /** @throws IllegalArgumentException when others could not pass it. */
    TypedParameter(MemberMethods member, int index) {
        Type type = member.main().parameter(index);
        RemoteName stated = member.annotation(index, RemoteName.class);
        ParamDescription described = member.annotation(index, ParamDescription.class);
        DefaultValue standIn = member.annotation(index, DefaultValue.class);
        name = stated != null ? stated.value() : member.parameterName(index);
        description = described == null ? null : described.value();
        value = TypedValue.of(type);
        hasDefault = standIn != null || isOptional();
        defaultValue = standIn == null ? null : DefaultValues.read(type, standIn.value());
    }

    /** Who calls; it is given to implementations and never sent. */
    boolean isContext() {
        return value.type == CallContext.class;
    }

    /** Arguments by name that the function does not declare. */
    boolean isMore() {
        return value.type == Kwargs.class;
    }

    /** Whether callers pass it as an argument of its own. */
    boolean isArgument() {
        return !isContext() && !isMore();
    }

    boolean isOptional() {
        return value instanceof OptionalValue;
    }

    /** How the other side sees it. */
    Parameter declared() {
        if (hasDefault) {
            return BlockingFunctions.optionalParameter(
                    name, description, isOptional() ? value.nullable() : value.required(), defaultValue);
        }
        return BlockingFunctions.parameter(name, description, value.required());
    }
}
