package io.hypha.rpc.java.shapes;

import io.hypha.rpc.HyphaLogger;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.KtorEngine;
import io.hypha.rpc.java.LoginSettings;
import io.hypha.rpc.java.LogoutSettings;
import io.hypha.rpc.java.TokenSettings;
import io.hypha.rpc.ktor.HyphaEnvironment;
import io.hypha.rpc.ktor.LoginProfile;
import io.hypha.rpc.ktor.TlsSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Compiled, never run: logging in and out, and describing tokens. */
final class LoginShapes {
    private static final String URL = "http://127.0.0.1:9527";

    private LoginShapes() {}

    static void logIn(HyphaEnvironment environment, TlsSettings tls) {
        LoginSettings settings = LoginSettings.create()
                .loginTimeout(1, TimeUnit.MINUTES)
                .loginTimeout(Duration.ofMinutes(1))
                .workspace("workspace")
                .expiresIn(1, TimeUnit.HOURS)
                .expiresIn(Duration.ofHours(1))
                .loginCallback(context -> System.out.println(context.getLoginUrl()))
                .loginServiceId("public/hypha-login")
                .connectTimeout(1, TimeUnit.MINUTES)
                .connectTimeout(Duration.ofMinutes(1))
                .headers(Collections.singletonMap("name", "value"))
                .engine(KtorEngine.CIO)
                .tls(tls)
                .logger(HyphaLogger.Silent)
                .environment(environment);
        String token = Hypha.login(URL);
        String sameToken = Hypha.login(URL, settings);
        CompletableFuture<String> tokenLater = Hypha.loginAsync(URL, settings);
        LoginProfile profile = Hypha.loginWithProfile(URL, settings);
        CompletableFuture<LoginProfile> profileLater = Hypha.loginWithProfileAsync(URL, settings);
    }

    static void logOut(HyphaEnvironment environment, TlsSettings tls) {
        LogoutSettings settings = LogoutSettings.create()
                .logoutCallback(url -> System.out.println(url))
                .loginServiceId("public/hypha-login")
                .connectTimeout(1, TimeUnit.MINUTES)
                .connectTimeout(Duration.ofMinutes(1))
                .headers(Collections.singletonMap("name", "value"))
                .engine(KtorEngine.CIO)
                .tls(tls)
                .logger(HyphaLogger.Silent)
                .environment(environment);
        String address = Hypha.logout(URL, settings);
        CompletableFuture<String> addressLater = Hypha.logoutAsync(URL, settings);
    }

    static TokenSettings token() {
        return TokenSettings.create()
                .workspace("workspace")
                .permission(io.hypha.rpc.call.WorkspacePermission.Read)
                .expiresIn(1, TimeUnit.HOURS)
                .expiresIn(Duration.ofHours(1))
                .clientId("client")
                .extraScopes("scope")
                .email("name@example.com");
    }
}
