package io.hypha.rpc.java;

import io.hypha.rpc.HyphaLogger;
import io.hypha.rpc.jvm.BlockingListener;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.ktor.HyphaEnvironment;
import io.hypha.rpc.ktor.LoginContext;
import io.hypha.rpc.ktor.LoginOptions;
import io.hypha.rpc.ktor.LoginTimes;
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

/** How to log in. Immutable: every method returns another one. */
public final class LoginSettings {
    private final Consumer<LoginOptions> settings;

    private LoginSettings(Consumer<LoginOptions> settings) {
        this.settings = settings;
    }

    /** The address is printed on standard output, and a person has a minute. */
    public static LoginSettings create() {
        return new LoginSettings(options -> options.setLogger(Slf4jLogger.INSTANCE));
    }

    /**
     * How long a person has, from the moment that the address is shown. 60 seconds by default; servers end a login
     * after some minutes (Hypha: 180 seconds).
     */
    public LoginSettings loginTimeout(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> LoginTimes.setLoginTimeout(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public LoginSettings loginTimeout(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> LoginTimes.setLoginTimeout(options, nanoseconds));
    }

    /** The only workspace that the token is to open; by default it is a token of the user. */
    public LoginSettings workspace(String workspace) {
        return with(options -> options.setWorkspace(workspace));
    }

    /** How long the token is to be good for, in whole seconds; left to the server by default. */
    public LoginSettings expiresIn(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> LoginTimes.setExpiresIn(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public LoginSettings expiresIn(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> LoginTimes.setExpiresIn(options, nanoseconds));
    }

    /**
     * Shows a person where to log in, in the place of the line on standard output: opens a browser, draws a code … It
     * runs on a thread of its own while the login is waited for, and is interrupted when that ends without a token.
     * What it throws ends the login. On Android, where standard output is the system's log, always give one.
     */
    public LoginSettings loginCallback(Listener<? super LoginContext> show) {
        Objects.requireNonNull(show, "show");
        return with(options -> options.loginCallback(suspending(show)));
    }

    /** The id of the login service; {@code public/hypha-login} by default. */
    public LoginSettings loginServiceId(String id) {
        Objects.requireNonNull(id, "id");
        return with(options -> options.setLoginServiceId(id));
    }

    /** How long connecting may take, and every answer that waits for no person. 30 seconds by default. */
    public LoginSettings connectTimeout(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> LoginTimes.setConnectTimeout(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public LoginSettings connectTimeout(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> LoginTimes.setConnectTimeout(options, nanoseconds));
    }

    /**
     * Headers to add to the upgrade request, such as those that a proxy asks for; in place of those that were set
     * before.
     */
    public LoginSettings headers(Map<String, String> headers) {
        Map<String, String> kept = new LinkedHashMap<>(Objects.requireNonNull(headers, "headers"));
        return with(options -> options.setHeaders(kept));
    }

    /**
     * What opens the socket; {@link KtorEngine#CIO} by default.
     *
     * @throws IllegalStateException when the engine is not there; the message says which artifact to add.
     */
    public LoginSettings engine(KtorEngine engine) {
        HttpClientEngineFactory<?> factory =
                Objects.requireNonNull(engine, "engine").factory();
        return with(options -> options.setEngine(factory));
    }

    /** Whom to trust at an {@code https} address; whom the platform trusts by default. For {@link KtorEngine#CIO}. */
    public LoginSettings tls(TlsSettings tls) {
        return with(options -> options.setTls(tls));
    }

    /** Where to say what happens; SLF4J by default. Addresses with a key in them are never said. */
    public LoginSettings logger(HyphaLogger logger) {
        Objects.requireNonNull(logger, "logger");
        return with(options -> options.setLogger(logger));
    }

    /** Where the URL of the server is read from when none is given; the environment of the process by default. */
    public LoginSettings environment(HyphaEnvironment environment) {
        Objects.requireNonNull(environment, "environment");
        return with(options -> options.setEnvironment(environment));
    }

    private LoginSettings with(Consumer<LoginOptions> setting) {
        return new LoginSettings(settings.andThen(setting));
    }

    void applyTo(LoginOptions options) {
        settings.accept(options);
    }

    private static Function2<LoginContext, Continuation<? super Unit>, Object> suspending(
            Listener<? super LoginContext> show) {
        BlockingListener<LoginContext> listener = show::hear;
        return listener.suspending(JavaExecution.getDefault());
    }
}
