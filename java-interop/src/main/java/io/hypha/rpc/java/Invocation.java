package io.hypha.rpc.java;

import io.hypha.rpc.call.CallContext;
import java.util.List;

/** One call of a function of this program: its arguments by parameter, and who calls. */
public final class Invocation {
    private final CallContext context;
    private final List<Param<?>> parameters;
    private final Object[] arguments;

    Invocation(CallContext context, List<Param<?>> parameters, Object[] arguments) {
        this.context = context;
        this.parameters = parameters;
        this.arguments = arguments;
    }

    /** Who calls, as the server vouches for it. */
    public CallContext context() {
        return context;
    }

    /**
     * The argument for a parameter, or its default value.
     *
     * @throws IllegalArgumentException when the function has no such parameter.
     */
    @SuppressWarnings("unchecked") // Arguments are decoded as the types of the parameters.
    public <T> T get(Param<T> parameter) {
        int index = parameters.indexOf(parameter);
        if (index < 0) {
            throw new IllegalArgumentException("the function was not declared with " + parameter);
        }
        return (T) arguments[index];
    }
}
