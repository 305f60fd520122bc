package io.hypha.rpc.java;

import java.time.Instant;

/** Points in time. A class of its own, for Android has {@code java.time} from API level 26 on only. */
final class Instants {
    private Instants() {}

    static Instant toJava(kotlin.time.Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSeconds(), instant.getNanosecondsOfSecond());
    }
}
