package io.hypha.rpc.java;

import io.hypha.rpc.jvm.DemandedItems;
import io.hypha.rpc.jvm.ItemObserver;
import io.hypha.rpc.jvm.JavaExecution;
import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** A stream, collected anew for every subscriber, by the rules of Reactive Streams. */
@BeyondAndroid24
final class StreamPublisher<T> implements Publisher<T> {
    private final kotlinx.coroutines.flow.Flow<T> flow;
    private final JavaExecution execution;

    StreamPublisher(kotlinx.coroutines.flow.Flow<T> flow, JavaExecution execution) {
        this.flow = flow;
        this.execution = execution;
    }

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        DemandedItems<T> items = new DemandedItems<>(flow, execution, new Told<>(subscriber));
        boolean isSubscribed = false;
        try {
            subscriber.onSubscribe(new Demand(items));
            isSubscribed = true;
        } finally {
            // Other signals come after this one has returned, whatever it has requested (rule 1.3).
            if (isSubscribed) {
                items.start();
            } else {
                items.cancel();
            }
        }
    }

    @BeyondAndroid24
    private static final class Told<T> implements ItemObserver<T> {
        private final Subscriber<? super T> subscriber;

        Told(Subscriber<? super T> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void item(T item) {
            subscriber.onNext(item);
        }

        @Override
        public void failed(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void ended() {
            subscriber.onComplete();
        }
    }

    @BeyondAndroid24
    private static final class Demand implements Subscription {
        private final DemandedItems<?> items;

        Demand(DemandedItems<?> items) {
            this.items = items;
        }

        @Override
        public void request(long count) {
            items.request(count);
        }

        @Override
        public void cancel() {
            items.cancel();
        }
    }
}
