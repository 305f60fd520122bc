package io.hypha.rpc.java;

import io.hypha.rpc.jvm.IteratorFlows;
import io.hypha.rpc.value.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.BaseStream;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.jvm.functions.Function1;

/** How the classes of this module travel, and those of Java's library that are streams. */
final class Codecs {
    private static final List<Codec<?>> ALWAYS = Arrays.asList(
            codec(Callback.class, Callback::function),
            codec(HyphaFunction.class, HyphaFunction::function),
            codec(HyphaAsyncFunction.class, HyphaAsyncFunction::function),
            codec(HyphaService.class, HyphaService::service),
            codec(HyphaAsyncService.class, HyphaAsyncService::service),
            codec(HyphaInterface.class, HyphaInterface::value),
            codec(Iterator.class, IteratorFlows::of),
            codec(BaseStream.class, IteratorFlows::of));

    static final List<Codec<?>> ALL = withPublishers();

    private Codecs() {}

    /** Android has publishers from API level 30 on: without them nothing may load what mentions them. */
    private static List<Codec<?>> withPublishers() {
        List<Codec<?>> codecs = new ArrayList<>(ALWAYS);
        try {
            Class.forName("java.util.concurrent.Flow");
            codecs.add(PublisherCodec.get());
        } catch (ClassNotFoundException e) {
            // There is none to send either.
            return codecs;
        }
        return codecs;
    }

    private static <T> Codec<T> codec(Class<T> type, Function1<T, Object> encoder) {
        return new Codec<>("java:" + type.getSimpleName(), JvmClassMappingKt.getKotlinClass(type), encoder, null);
    }
}
