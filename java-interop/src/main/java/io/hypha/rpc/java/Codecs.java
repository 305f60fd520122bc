package io.hypha.rpc.java;

import io.hypha.rpc.value.Codec;
import java.util.Arrays;
import java.util.List;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.jvm.functions.Function1;

/** How the classes of this module travel. */
final class Codecs {
    static final List<Codec<?>> ALL = Arrays.asList(
            codec(Callback.class, Callback::function),
            codec(HyphaFunction.class, HyphaFunction::function),
            codec(HyphaService.class, HyphaService::service));

    private Codecs() {}

    private static <T> Codec<T> codec(Class<T> type, Function1<T, Object> encoder) {
        return new Codec<>("java:" + type.getSimpleName(), JvmClassMappingKt.getKotlinClass(type), encoder, null);
    }
}
