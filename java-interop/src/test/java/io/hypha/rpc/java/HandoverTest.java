package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.jvm.JavaExecution;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandoverTest {
    private final AtomicInteger closed = new AtomicInteger();
    private final Runnable resource = closed::incrementAndGet;

    @Test
    @DisplayName("what comes after its future was given up is closed")
    void givenUpFuture() throws Exception {
        ExecutorService busy = Executors.newSingleThreadExecutor();
        CountDownLatch mayEnd = new CountDownLatch(1);
        try {
            busy.submit(() -> {
                mayEnd.await();
                return null;
            });
            // The result is there, but the executor does not come to hand it over.
            CompletableFuture<Runnable> future =
                    Handover.future(new JavaExecution(busy), continuation -> resource, Runnable::run);
            assertTrue(future.cancel(true));
            assertEquals(1, closed.get());

            Runnable another = () -> closed.addAndGet(100);
            CompletableFuture<Runnable> replaced =
                    Handover.future(new JavaExecution(busy), continuation -> resource, Runnable::run);
            assertTrue(replaced.complete(another));
            assertEquals(2, closed.get());
        } finally {
            mayEnd.countDown();
            busy.shutdownNow();
        }
    }

    @Test
    @DisplayName("what comes after its thread was interrupted is closed")
    void interruptedThread() {
        AtomicReference<Continuation<? super Runnable>> waiting = new AtomicReference<>();
        assertThrows(
                CancellationException.class,
                () -> Handover.await(
                        JavaExecution.getDefault(),
                        continuation -> {
                            waiting.set(continuation);
                            Thread.currentThread().interrupt();
                            return IntrinsicsKt.getCOROUTINE_SUSPENDED();
                        },
                        Runnable::run));
        assertTrue(Thread.interrupted());
        waiting.get().resumeWith(resource);
        assertEquals(1, closed.get());
    }

    @Test
    @DisplayName("what is handed over stays open")
    void handedOver() throws Exception {
        JavaExecution execution = JavaExecution.getDefault();
        assertSame(resource, Handover.await(execution, continuation -> resource, Runnable::run));
        assertSame(
                resource,
                Handover.future(execution, continuation -> resource, Runnable::run)
                        .get());
        assertEquals(0, closed.get());
    }
}
