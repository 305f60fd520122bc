package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.AuthenticationException;
import io.hypha.rpc.call.WorkspacePermission;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TokenProvidersTest {
    @Test
    @DisplayName("a provider that blocks is asked on the executor of the client, and again before the token ends")
    void renewal() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
        List<String> threads = new CopyOnWriteArrayList<>();
        CountDownLatch askedTwice = new CountDownLatch(2);
        try (RootHub hub = new RootHub();
                HyphaClient client = Hypha.builder(hub.url())
                        .tokenProvider(() -> {
                            threads.add(Thread.currentThread().getName());
                            askedTwice.countDown();
                            return hub.hub.createToken(
                                    "ann", null, WorkspacePermission.Read, null, 2, TimeUnit.SECONDS);
                        })
                        .executor(executor)
                        .connect()) {
            assertEquals("ann", client.user().getId());
            askedTwice.await();
            assertTrue(threads.get(0).startsWith("mine") && threads.get(1).startsWith("mine"), threads::toString);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @DisplayName("a provider may answer later")
    void later() {
        try (RootHub hub = new RootHub();
                HyphaClient client = Hypha.builder(hub.url())
                        .asyncTokenProvider(() -> CompletableFuture.supplyAsync(() -> hub.hub.createToken("bob")))
                        .connect()) {
            assertEquals("bob", client.user().getId());
        }
    }

    @Test
    @DisplayName("what a provider throws is the cause of the refusal")
    void failing() {
        try (RootHub hub = new RootHub()) {
            IOException broken = new IOException("no token today");
            AuthenticationException blocking =
                    assertThrows(AuthenticationException.class, () -> Hypha.builder(hub.url())
                            .tokenProvider(() -> {
                                throw broken;
                            })
                            .connect());
            assertEquals("no token today", blocking.getCause().getMessage());
            CompletableFuture<String> failed = new CompletableFuture<>();
            failed.completeExceptionally(broken);
            AuthenticationException later = assertThrows(AuthenticationException.class, () -> Hypha.builder(hub.url())
                    .asyncTokenProvider(() -> failed)
                    .connect());
            assertEquals("no token today", later.getCause().getMessage());
            assertThrows(AuthenticationException.class, () -> Hypha.builder(hub.url())
                    .asyncTokenProvider(() -> null)
                    .connect());
        }
    }

    @Test
    @DisplayName("a provider that takes no notice of an interruption holds up the connection for its time only")
    void stubborn() {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (RootHub hub = new RootHub()) {
            HyphaClientBuilder builder = Hypha.builder(hub.url())
                    .connectTimeout(50, TimeUnit.MILLISECONDS)
                    .tokenProvider(() -> {
                        while (mayAnswer.getCount() > 0) {
                            try {
                                mayAnswer.await();
                            } catch (InterruptedException e) {
                                continue;
                            }
                        }
                        return null;
                    });
            AuthenticationException failure = assertThrows(AuthenticationException.class, builder::connect);
            assertEquals("the token provider gave no answer within 50ms", failure.getMessage());
        } finally {
            mayAnswer.countDown();
        }
    }

    @Test
    @DisplayName(
            "a stage that was cancelled is a provider that fails, and one that is not needed any more is cancelled")
    void cancelledStage() {
        try (RootHub hub = new RootHub()) {
            CompletableFuture<String> cancelled = new CompletableFuture<>();
            cancelled.cancel(true);
            assertThrows(AuthenticationException.class, () -> Hypha.builder(hub.url())
                    .asyncTokenProvider(() -> cancelled)
                    .connect());
            CompletableFuture<String> never = new CompletableFuture<>();
            CompletableFuture<Void> isCancelled = new CompletableFuture<>();
            never.whenComplete((token, failure) -> isCancelled.complete(null));
            assertThrows(AuthenticationException.class, () -> Hypha.builder(hub.url())
                    .connectTimeout(50, TimeUnit.MILLISECONDS)
                    .asyncTokenProvider(() -> never)
                    .connect());
            isCancelled.join();
        }
    }

    @Test
    @DisplayName("a token and a provider at once are refused")
    void both() {
        HyphaClientBuilder builder =
                Hypha.builder("http://127.0.0.1:1").token("t").tokenProvider(() -> "t");
        assertThrows(IllegalArgumentException.class, builder::connect);
    }
}
