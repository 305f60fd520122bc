package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaExecution;
import java.util.concurrent.Flow.Publisher;

/** Publishers as results and parameters of methods; only loaded for methods that mention them. */
@BeyondAndroid24
final class PublisherType {
    private PublisherType() {}

    static <T> Publisher<T> received(kotlinx.coroutines.flow.Flow<T> flow, JavaExecution execution) {
        return new StreamPublisher<>(flow, execution);
    }
}
