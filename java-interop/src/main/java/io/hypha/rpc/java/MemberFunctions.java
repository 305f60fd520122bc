package io.hypha.rpc.java;

import io.hypha.rpc.call.LocalFunction;
import io.hypha.rpc.call.Parameter;
import io.hypha.rpc.jvm.BlockingFunctions;
import io.hypha.rpc.jvm.BlockingHandler;
import io.hypha.rpc.jvm.JavaMembers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes members of services of handlers. */
final class MemberFunctions {
    private MemberFunctions() {}

    /** @throws IllegalArgumentException when two parameters have one name, or one for keywords is not the last. */
    static LocalFunction of(String name, List<Param<?>> params, BlockingHandler handler) {
        List<Parameter> parameters = new ArrayList<>();
        int last = params.size() - 1;
        for (int index = 0; index <= last; index++) {
            Param<?> param = params.get(index);
            if (!param.takesKeywords()) {
                parameters.add(param.parameter());
            } else if (index < last) {
                throw new IllegalArgumentException("the parameter '" + param.name() + "' of '" + name
                        + "' takes keywords and comes last, but others follow it");
            }
        }
        if (parameters.size() > last) {
            return BlockingFunctions.member(name, null, parameters, handler);
        }
        LocalFunction function = BlockingFunctions.member(name, null, parameters, withKeywords(handler));
        return JavaMembers.takingKeywords(function, Values.SHAPES.nullable(Object.class));
    }

    @SuppressWarnings("unchecked") // The map of keywords follows the other arguments.
    private static BlockingHandler withKeywords(BlockingHandler handler) {
        return (context, args) -> {
            int last = args.length - 1;
            args[last] = new Kwargs((Map<String, Object>) args[last]);
            return handler.handle(context, args);
        };
    }
}
