package io.hypha.rpc.java;

import io.hypha.rpc.jvm.ItemSubscription;
import io.hypha.rpc.jvm.PublishedItems;
import io.hypha.rpc.value.Codec;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import kotlin.jvm.JvmClassMappingKt;

/** How publishers travel: as streams that request an item when the other side asks for one. */
@BeyondAndroid24
final class PublisherCodec {
    private PublisherCodec() {}

    static Codec<?> get() {
        return new Codec<>(
                "java:Publisher", JvmClassMappingKt.getKotlinClass(Publisher.class), PublisherCodec::encode, null);
    }

    private static Object encode(Publisher<?> publisher) {
        return PublishedItems.flowOf(observer -> publisher.subscribe(new Told(observer)));
    }

    @BeyondAndroid24
    private static final class Told implements Subscriber<Object> {
        private final PublishedItems<Object> observer;

        Told(PublishedItems<Object> observer) {
            this.observer = observer;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            observer.subscribed(new Asked(subscription));
        }

        @Override
        public void onNext(Object item) {
            observer.item(item);
        }

        @Override
        public void onError(Throwable failure) {
            observer.failed(failure);
        }

        @Override
        public void onComplete() {
            observer.ended();
        }
    }

    @BeyondAndroid24
    private static final class Asked implements ItemSubscription {
        private final Subscription subscription;

        Asked(Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public void request(long count) {
            subscription.request(count);
        }

        @Override
        public void cancel() {
            subscription.cancel();
        }
    }
}
