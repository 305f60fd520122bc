package io.hypha.rpc.java.shapes;

import io.hypha.rpc.java.Callback;
import io.hypha.rpc.java.TypeRef;
import java.util.Arrays;
import java.util.List;

/** Compiled, never run: every way to make a callback. */
final class CallbackShapes {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private CallbackShapes() {}

    static List<Callback> callbacks() {
        return Arrays.asList(
                Callback.of(() -> {}),
                Callback.returning(() -> 0),
                Callback.of(String.class, a -> {}),
                Callback.of(TEXT, a -> {}),
                Callback.returning(String.class, a -> 0),
                Callback.returning(TEXT, a -> 0),
                Callback.of(String.class, String.class, (a, b) -> {}),
                Callback.of(TEXT, TEXT, (a, b) -> {}),
                Callback.returning(String.class, String.class, (a, b) -> 0),
                Callback.returning(TEXT, TEXT, (a, b) -> 0),
                Callback.of(String.class, String.class, String.class, (a, b, c) -> {}),
                Callback.of(TEXT, TEXT, TEXT, (a, b, c) -> {}),
                Callback.returning(String.class, String.class, String.class, (a, b, c) -> 0),
                Callback.returning(TEXT, TEXT, TEXT, (a, b, c) -> 0),
                Callback.of(String.class, String.class, String.class, String.class, (a, b, c, d) -> {}),
                Callback.of(TEXT, TEXT, TEXT, TEXT, (a, b, c, d) -> {}),
                Callback.returning(String.class, String.class, String.class, String.class, (a, b, c, d) -> 0),
                Callback.returning(TEXT, TEXT, TEXT, TEXT, (a, b, c, d) -> 0),
                Callback.of(
                        String.class, String.class, String.class, String.class, String.class, (a, b, c, d, e) -> {}),
                Callback.of(TEXT, TEXT, TEXT, TEXT, TEXT, (a, b, c, d, e) -> {}),
                Callback.returning(
                        String.class, String.class, String.class, String.class, String.class, (a, b, c, d, e) -> 0),
                Callback.returning(TEXT, TEXT, TEXT, TEXT, TEXT, (a, b, c, d, e) -> 0));
    }
}
