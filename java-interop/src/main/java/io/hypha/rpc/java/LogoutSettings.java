package io.hypha.rpc.java;

import io.hypha.rpc.HyphaLogger;
import io.hypha.rpc.jvm.BlockingListener;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.ktor.HyphaEnvironment;
import io.hypha.rpc.ktor.LoginTimes;
import io.hypha.rpc.ktor.LogoutOptions;
import io.hypha.rpc.ktor.Slf4jLogger;
import io.hypha.rpc.ktor.TlsSettings;
import io.ktor.client.engine.HttpClientEngineFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.jvm.functions.Function2;

/** How to log out. Immutable: every method returns another one. */
public final class LogoutSettings {
    private final Consumer<LogoutOptions> settings;

    private LogoutSettings(Consumer<LogoutOptions> settings) {
        this.settings = settings;
    }

    /** The address is printed on standard output. */
    public static LogoutSettings create() {
        return new LogoutSettings(options -> options.setLogger(Slf4jLogger.INSTANCE));
    }

    /**
     * Shows a person where to log out, in the place of the line on standard output. It runs on a thread of its own;
     * what it throws is thrown.
     */
    public LogoutSettings logoutCallback(Listener<? super String> show) {
        Objects.requireNonNull(show, "show");
        return with(options -> options.logoutCallback(suspending(show)));
    }

    /** The id of the login service; {@code public/hypha-login} by default. */
    public LogoutSettings loginServiceId(String id) {
        Objects.requireNonNull(id, "id");
        return with(options -> options.setLoginServiceId(id));
    }

    /** How long connecting may take, and every answer that waits for no person. 30 seconds by default. */
    public LogoutSettings connectTimeout(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> LoginTimes.setConnectTimeout(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public LogoutSettings connectTimeout(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> LoginTimes.setConnectTimeout(options, nanoseconds));
    }

    /**
     * Headers to add to the upgrade request, such as those that a proxy asks for; in place of those that were set
     * before.
     */
    public LogoutSettings headers(Map<String, String> headers) {
        Map<String, String> kept = new LinkedHashMap<>(Objects.requireNonNull(headers, "headers"));
        return with(options -> options.setHeaders(kept));
    }

    /**
     * What opens the socket; {@link KtorEngine#CIO} by default.
     *
     * @throws IllegalStateException when the engine is not there; the message says which artifact to add.
     */
    public LogoutSettings engine(KtorEngine engine) {
        HttpClientEngineFactory<?> factory =
                Objects.requireNonNull(engine, "engine").factory();
        return with(options -> options.setEngine(factory));
    }

    /** Whom to trust at an {@code https} address; whom the platform trusts by default. For {@link KtorEngine#CIO}. */
    public LogoutSettings tls(TlsSettings tls) {
        return with(options -> options.setTls(tls));
    }

    /** Where to say what happens; SLF4J by default. Addresses with a key in them are never said. */
    public LogoutSettings logger(HyphaLogger logger) {
        Objects.requireNonNull(logger, "logger");
        return with(options -> options.setLogger(logger));
    }

    /** Where the URL of the server is read from when none is given; the environment of the process by default. */
    public LogoutSettings environment(HyphaEnvironment environment) {
        Objects.requireNonNull(environment, "environment");
        return with(options -> options.setEnvironment(environment));
    }

    private LogoutSettings with(Consumer<LogoutOptions> setting) {
        return new LogoutSettings(settings.andThen(setting));
    }

    void applyTo(LogoutOptions options) {
        settings.accept(options);
    }

    private static Function2<String, Continuation<? super Unit>, Object> suspending(Listener<? super String> show) {
        BlockingListener<String> listener = show::hear;
        return listener.suspending(JavaExecution.getDefault());
    }
}
