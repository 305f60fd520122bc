package io.hypha.rpc.java;

import io.hypha.rpc.service.SelectionMode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Which service to describe when several fit an id. Immutable: every method returns another one. */
public final class InfoSettings {
    private final SelectionMode mode;
    private final Long selectTimeout;
    private final boolean isManifestRead;

    private InfoSettings(SelectionMode mode, Long selectTimeout, boolean isManifestRead) {
        this.mode = mode;
        this.selectTimeout = selectTimeout;
        this.isManifestRead = isManifestRead;
    }

    /** The server's own rule. */
    public static InfoSettings create() {
        return new InfoSettings(null, null, false);
    }

    /** Which one when several fit; the server's own rule by default. */
    public InfoSettings mode(SelectionMode mode) {
        return new InfoSettings(Objects.requireNonNull(mode, "mode"), selectTimeout, isManifestRead);
    }

    /** How long each service may take to answer when the mode asks them; 2 seconds by default. */
    public InfoSettings selectTimeout(long time, TimeUnit unit) {
        return new InfoSettings(mode, Nanoseconds.of(time, unit), isManifestRead);
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public InfoSettings selectTimeout(Duration time) {
        return new InfoSettings(mode, Nanoseconds.of(time), isManifestRead);
    }

    /** Whether an {@code @app} that is not running is described from its manifest; by default it is not. */
    public InfoSettings readAppManifest(boolean isRead) {
        return new InfoSettings(mode, selectTimeout, isRead);
    }

    SelectionMode mode() {
        return mode;
    }

    Long selectTimeout() {
        return selectTimeout;
    }

    boolean isManifestRead() {
        return isManifestRead;
    }
}
