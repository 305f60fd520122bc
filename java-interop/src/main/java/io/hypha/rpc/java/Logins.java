package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Suspending;
import io.hypha.rpc.ktor.LoginKt;
import io.hypha.rpc.ktor.LoginOptions;
import io.hypha.rpc.ktor.LoginProfile;
import io.hypha.rpc.ktor.LogoutKt;
import io.hypha.rpc.ktor.LogoutOptions;
import java.util.Objects;
import kotlin.Unit;
import kotlin.jvm.functions.Function1;

/** Logging in and out; without a URL at the server that the environment names. */
final class Logins {
    static final JavaExecution EXECUTION = JavaExecution.getDefault();

    private Logins() {}

    static Suspending<String> login(String url, LoginSettings settings) {
        Objects.requireNonNull(settings, "settings");
        Function1<LoginOptions, Unit> configure = configure(settings);
        return url == null
                ? continuation -> LoginKt.login(configure, continuation)
                : continuation -> LoginKt.login(url, configure, continuation);
    }

    static Suspending<LoginProfile> loginWithProfile(String url, LoginSettings settings) {
        Objects.requireNonNull(settings, "settings");
        Function1<LoginOptions, Unit> configure = configure(settings);
        return url == null
                ? continuation -> LoginKt.loginWithProfile(configure, continuation)
                : continuation -> LoginKt.loginWithProfile(url, configure, continuation);
    }

    static Suspending<String> logout(String url, LogoutSettings settings) {
        Objects.requireNonNull(settings, "settings");
        Function1<LogoutOptions, Unit> configure = options -> {
            settings.applyTo(options);
            return Unit.INSTANCE;
        };
        return url == null
                ? continuation -> LogoutKt.logout(configure, continuation)
                : continuation -> LogoutKt.logout(url, configure, continuation);
    }

    private static Function1<LoginOptions, Unit> configure(LoginSettings settings) {
        return options -> {
            settings.applyTo(options);
            return Unit.INSTANCE;
        };
    }
}
