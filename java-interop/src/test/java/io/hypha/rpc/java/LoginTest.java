package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.CallTimeoutException;
import io.hypha.rpc.HyphaLogger;
import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.hub.LoginProvider;
import io.hypha.rpc.hub.LoginUser;
import io.hypha.rpc.ktor.LoginProfile;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoginTest {
    private static HyphaHub hub;

    @BeforeAll
    static void start() {
        LoginProvider people = LoginProvider.checking(form -> form.getPassword().equals("sesame")
                ? new LoginUser(form.getUser(), form.getUser() + "@example.org", true, "Ada L.")
                : null);
        hub = HyphaHub.start(HubOptions.builder().login(people).build());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static LoginSettings as(String user) {
        return LoginSettings.create()
                .loginCallback(context -> assertEquals(200, Browser.logIn(context.getLoginUrl(), user, "sesame")));
    }

    @Test
    @DisplayName("a person logs in, and the token connects as that person")
    void token() {
        AtomicReference<String> said = new AtomicReference<>("");
        AtomicReference<String> thread = new AtomicReference<>();
        LoginSettings settings = LoginSettings.create()
                .logger((level, message, cause) -> said.updateAndGet(text -> text + message))
                .loginCallback(context -> {
                    thread.set(Thread.currentThread().getName());
                    assertFalse(context.toString().contains(context.getKey()));
                    Browser.logIn(context.getLoginUrl(), "ada", "sesame");
                });
        String token = Hypha.login(hub.getUrl(), settings);
        try (HyphaClient client = Hypha.builder(hub.getUrl()).token(token).connect()) {
            assertEquals("ada", client.user().getId());
        }
        assertTrue(said.get().contains("waiting for a person"), said::get);
        assertFalse(said.get().contains(token));
        assertFalse(thread.get().equals(Thread.currentThread().getName()));
    }

    @Test
    @DisplayName("a profile says who has logged in, and for how long")
    void profile() throws Exception {
        LoginSettings settings = as("ann")
                .expiresIn(1, TimeUnit.MINUTES)
                .expiresIn(Duration.ofMinutes(5))
                .loginTimeout(1, TimeUnit.MINUTES)
                .loginTimeout(Duration.ofSeconds(50))
                .connectTimeout(9, TimeUnit.SECONDS)
                .connectTimeout(Duration.ofSeconds(10))
                .headers(Collections.singletonMap("X-Gate", "open"))
                .loginServiceId("public/hypha-login")
                .logger(HyphaLogger.Silent)
                .environment(name -> name.equals("HYPHA_SERVER_URL") ? hub.getUrl() : null);
        LoginProfile profile = Hypha.loginWithProfile(null, settings);
        assertEquals("ann", profile.getUserId());
        assertEquals("Ada L.", profile.getName());
        assertEquals("ann@example.org", profile.getEmail());
        assertEquals(300L, profile.getExpiresInSeconds());
        assertFalse(profile.toString().contains(profile.getToken()));
        LoginProfile later = Hypha.loginWithProfileAsync(hub.getUrl(), as("bob").workspace("ws-user-bob"))
                .get();
        assertEquals("ws-user-bob", later.getWorkspace());
    }

    @Test
    @DisplayName("a login ends with its time, with its callback, and with its thread or future")
    void ends() throws Exception {
        LoginSettings nobody = LoginSettings.create().loginCallback(context -> {});
        assertThrows(
                CallTimeoutException.class,
                () -> Hypha.login(hub.getUrl(), nobody.loginTimeout(50, TimeUnit.MILLISECONDS)));
        CompletableFuture<String> failing =
                Hypha.loginAsync(hub.getUrl(), LoginSettings.create().loginCallback(context -> {
                    throw new IllegalStateException("no browser");
                }));
        Throwable cause = assertThrows(ExecutionException.class, failing::get).getCause();
        assertInstanceOf(IllegalStateException.class, cause);
        CountDownLatch isShown = new CountDownLatch(1);
        CountDownLatch isEnded = new CountDownLatch(1);
        CompletableFuture<String> cancelled =
                Hypha.loginAsync(hub.getUrl(), LoginSettings.create().loginCallback(context -> {
                    isShown.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        isEnded.countDown();
                    }
                }));
        isShown.await();
        cancelled.cancel(true);
        isEnded.await();
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> Hypha.login(hub.getUrl(), nobody));
        assertTrue(Thread.interrupted());
        assertThrows(
                IllegalArgumentException.class,
                () -> Hypha.login(hub.getUrl(), nobody.expiresIn(1, TimeUnit.MILLISECONDS)));
    }

    @Test
    @DisplayName("the address to log out at is shown and returned")
    void logout() throws Exception {
        AtomicReference<String> shown = new AtomicReference<>();
        LogoutSettings settings = LogoutSettings.create()
                .logoutCallback(shown::set)
                .connectTimeout(10, TimeUnit.SECONDS)
                .environment(name -> name.equals("HYPHA_SERVER_URL") ? hub.getUrl() : null);
        String url = Hypha.logout(hub.getUrl(), settings);
        assertEquals(url, shown.get());
        assertEquals(url, Hypha.logoutAsync(null, settings).get());
    }
}
