package io.hypha.rpc.java;

import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.call.LocalFunction;
import io.hypha.rpc.call.Parameter;
import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.JavaServices;
import io.hypha.rpc.jvm.TypedFunctions;
import io.hypha.rpc.jvm.TypedHandler;
import io.hypha.rpc.service.RemoteService;
import io.hypha.rpc.value.Shape;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A method that describes a function. */
final class TypedFunction {
    final String remoteName;
    final Method main;
    final List<Method> entries;
    private final String description;
    private final boolean isByKeyword;
    private final TypedParameter[] parameters;
    private final ResultStyle result;

    TypedFunction(
            MemberMethods member,
            String remoteName,
            String description,
            boolean isByKeyword,
            List<TypedParameter> parameters,
            ResultStyle result) {
        this.remoteName = remoteName;
        this.main = member.main().method;
        this.entries = member.entries();
        this.description = description;
        this.isByKeyword = isByKeyword;
        this.parameters = parameters.toArray(new TypedParameter[0]);
        this.result = result;
    }

    /**
     * Calls the function of a service for a call of the method, and returns what the method returns. It goes through
     * the service, so that it goes where the service is by then.
     */
    Object call(RemoteService service, String path, Object[] values) {
        RemoteFunction function;
        try {
            function = service.get(path);
        } catch (MethodNotFoundException e) {
            return result.failed(e, JavaServices.execution(service));
        }
        return call(function, values);
    }

    private Object call(RemoteFunction function, Object[] values) {
        JavaExecution execution = JavaExecution.of(function);
        List<Object> args = new ArrayList<>(parameters.length);
        Map<String, Object> named = new LinkedHashMap<>();
        int given = 0; // Optional arguments that are left out at the end are not sent at all.
        for (int index = 0; index < parameters.length; index++) {
            TypedParameter parameter = parameters[index];
            if (parameter.isMore()) {
                addMore((Kwargs) values[index], named);
            } else if (parameter.isArgument()) {
                Object sent = parameter.value.sent(values[index], execution);
                boolean isGiven = sent != null || !parameter.isOptional();
                if (isByKeyword && isGiven) {
                    named.put(parameter.name, sent);
                } else if (!isByKeyword) {
                    args.add(sent);
                    given = isGiven ? args.size() : given;
                }
            }
        }
        List<Object> all = args.subList(0, given);
        if (!named.isEmpty()) {
            all.add(new Kwargs(named));
        }
        return result.call(new RemoteCall(function, all.toArray()));
    }

    private static void addMore(Kwargs more, Map<String, Object> named) {
        if (more != null) {
            for (Map.Entry<String, Object> argument : more.values().entrySet()) {
                if (named.containsKey(argument.getKey())) {
                    throw new IllegalArgumentException("the argument '" + argument.getKey() + "' is given twice");
                }
                named.put(argument.getKey(), argument.getValue());
            }
        }
    }

    /** The function for others to call, which calls the method of {@code target}. */
    LocalFunction servedBy(Object target) {
        Method method = Methods.opened(main);
        List<Parameter> declared = new ArrayList<>();
        boolean takesMore = false;
        for (TypedParameter parameter : parameters) {
            if (parameter.isArgument()) {
                declared.add(parameter.declared());
            }
            takesMore |= parameter.isMore();
        }
        Shape<?> more = takesMore ? Values.SHAPES.nullable(Object.class) : null;
        return TypedFunctions.member(remoteName, description, declared, more, new TypedHandler() {
            @Override
            public Object handle(JavaExecution execution, CallContext context, Object[] arguments) throws Exception {
                return result.served(Methods.call(method, target, values(execution, context, arguments)));
            }

            @Override
            public Object sent(JavaExecution execution, Object value) {
                return result.value.sent(value, execution);
            }
        });
    }

    /** What the method gets for the arguments of a call, which are followed by those that it does not declare. */
    private Object[] values(JavaExecution execution, CallContext context, Object[] arguments) {
        Object[] values = new Object[parameters.length];
        int next = 0;
        for (int index = 0; index < values.length; index++) {
            TypedParameter parameter = parameters[index];
            if (parameter.isContext()) {
                values[index] = context;
            } else if (parameter.isMore()) {
                values[index] = kwargs(arguments[arguments.length - 1]);
            } else {
                values[index] = parameter.value.received(arguments[next++], execution);
            }
        }
        return values;
    }

    @SuppressWarnings("unchecked") // Core hands over a map of them.
    private static Kwargs kwargs(Object more) {
        return new Kwargs((Map<String, Object>) more);
    }

    /** Why callers here cannot use it. */
    void addCallProblems(List<String> problems) {
        addProblems(problems, TypedValue::sendingProblem, TypedValue::receivingProblem);
        if (isByKeyword) {
            addNameProblems(problems, "its arguments are to be passed by name");
        }
    }

    /** Why it cannot be served here. */
    void addServingProblems(List<String> problems) {
        addProblems(problems, TypedValue::receivingProblem, TypedValue::sendingProblem);
        addNameProblems(problems, "others may pass arguments by name");
    }

    private void addProblems(
            List<String> problems,
            BiFunction<TypedValue, String, String> ofParameters,
            BiFunction<TypedValue, String, String> ofResult) {
        List<String> found = new ArrayList<>();
        for (int index = 0; index < parameters.length; index++) {
            if (parameters[index].isArgument()) {
                String name = parameters[index].name;
                String what = name == null ? "parameter " + (index + 1) : "'" + name + "'";
                found.add(ofParameters.apply(parameters[index].value, what));
            }
        }
        found.add(ofResult.apply(result.value, "its result"));
        for (String problem : found) {
            if (problem != null) {
                problems.add("'" + main.getName() + "': " + problem);
            }
        }
    }

    private void addNameProblems(List<String> problems, String reason) {
        boolean isNamed = Arrays.stream(parameters).allMatch(it -> it.name != null || !it.isArgument());
        if (!isNamed) {
            problems.add("'" + main.getName() + "': " + reason + ", and the parameters of " + main.toGenericString()
                    + " have no names: compile it with javac -parameters, or annotate them with @RemoteName(\"…\")");
        }
    }
}
