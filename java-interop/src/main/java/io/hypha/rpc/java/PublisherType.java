package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaExecution;
import java.util.concurrent.Flow.Publisher;

/** Publishers as results and parameters of methods; only loaded for methods that mention them. */
@BeyondAndroid24
final class PublisherType {
    private PublisherType() {}

    /** A {@link Publisher}; callers do not mention its class. */
    static Object received(kotlinx.coroutines.flow.Flow<?> flow, JavaExecution execution) {
        return new StreamPublisher<>(flow, execution);
    }
}
