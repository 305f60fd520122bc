package io.hypha.rpc.java;

import io.hypha.rpc.client.GetServiceOptions;
import io.hypha.rpc.client.LookupOptions;
import io.hypha.rpc.jvm.Timeouts;
import io.hypha.rpc.service.CaseConversion;
import io.hypha.rpc.service.SelectionMode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How to get a service: {@code LookupSettings.create().mode(SelectionMode.Random).timeout(5, TimeUnit.SECONDS)}.
 * Immutable: every method returns another one.
 */
public final class LookupSettings {
    private final Consumer<LookupOptions> settings;
    private final Consumer<GetServiceOptions> choice;

    private LookupSettings(Consumer<LookupOptions> settings, Consumer<GetServiceOptions> choice) {
        this.settings = settings;
        this.choice = choice;
    }

    /** The usual way. */
    public static LookupSettings create() {
        return new LookupSettings(options -> {}, null);
    }

    /** Which one when several fit; the server's own rule by default. Not for {@code getServiceOf}. */
    public LookupSettings mode(SelectionMode mode) {
        Objects.requireNonNull(mode, "mode");
        return choosing(options -> options.setMode(mode));
    }

    /**
     * How long each service may take to answer when the mode asks them; 2 seconds by default. Not for
     * {@code getServiceOf}.
     */
    public LookupSettings selectTimeout(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return choosing(options -> Timeouts.setSelectTimeout(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public LookupSettings selectTimeout(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return choosing(options -> Timeouts.setSelectTimeout(options, nanoseconds));
    }

    /**
     * How long the provider may take to hand out its service, and the longest time that this client waits for all of
     * the look-up, apart from the choice among several. By default 10 seconds at the server and the timeout of the
     * client here.
     */
    public LookupSettings timeout(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> Timeouts.setTimeout(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public LookupSettings timeout(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> Timeouts.setTimeout(options, nanoseconds));
    }

    /** How to write the names in the service; {@code null} to leave them as they are. By default as the client says. */
    public LookupSettings caseConversion(CaseConversion conversion) {
        return with(options -> options.setCaseConversion(conversion));
    }

    /**
     * Whether the handle follows its provider, which it does by default: when the provider is gone from where it was,
     * the service is looked up again. Otherwise its calls fail then.
     */
    public LookupSettings follow(boolean follow) {
        return with(options -> options.setFollow(follow));
    }

    private LookupSettings with(Consumer<LookupOptions> setting) {
        return new LookupSettings(settings.andThen(setting), choice);
    }

    private LookupSettings choosing(Consumer<GetServiceOptions> setting) {
        return new LookupSettings(settings, choice == null ? setting : choice.andThen(setting));
    }

    void applyTo(GetServiceOptions options) {
        settings.accept(options);
        if (choice != null) {
            choice.accept(options);
        }
    }

    /** For a look-up that has nothing to choose from. */
    LookupSettings requireNoChoice() {
        if (choice != null) {
            throw new IllegalArgumentException(
                    "getServiceOf asks one client: leave mode and selectTimeout out, or use getService");
        }
        return this;
    }

    void applyTo(LookupOptions options) {
        settings.accept(options);
    }
}
