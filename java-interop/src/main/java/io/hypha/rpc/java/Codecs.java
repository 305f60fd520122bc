package io.hypha.rpc.java;

import io.hypha.rpc.jvm.IteratorFlows;
import io.hypha.rpc.value.Codec;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.BaseStream;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.jvm.functions.Function1;

/** How the classes of this module travel, and those of Java's library that are streams. */
final class Codecs {
    static final List<Codec<?>> ALL = Arrays.asList(
            codec(Callback.class, Callback::function),
            codec(HyphaFunction.class, HyphaFunction::function),
            codec(HyphaAsyncFunction.class, HyphaAsyncFunction::function),
            codec(HyphaService.class, HyphaService::service),
            codec(HyphaAsyncService.class, HyphaAsyncService::service),
            codec(HyphaInterface.class, HyphaInterface::value),
            codec(Iterator.class, Codecs::ofIterator),
            codec(BaseStream.class, Codecs::ofStream));

    private Codecs() {}

    private static Object ofIterator(Iterator<?> iterator) {
        return IteratorFlows.asFlow(iterator, () -> {
            if (iterator instanceof RemoteStream) {
                ((RemoteStream<?>) iterator).close();
            }
        });
    }

    private static Object ofStream(BaseStream<?, ?> stream) {
        return IteratorFlows.asFlow(stream.iterator(), stream::close);
    }

    private static <T> Codec<T> codec(Class<T> type, Function1<T, Object> encoder) {
        return new Codec<>("java:" + type.getSimpleName(), JvmClassMappingKt.getKotlinClass(type), encoder, null);
    }
}
