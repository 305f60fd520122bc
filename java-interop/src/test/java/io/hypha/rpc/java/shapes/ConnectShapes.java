package io.hypha.rpc.java.shapes;

import io.hypha.rpc.HyphaLogger;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaAsyncClient;
import io.hypha.rpc.java.HyphaAsyncService;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaClientBuilder;
import io.hypha.rpc.java.HyphaCodec;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.KtorEngine;
import io.hypha.rpc.ktor.HyphaEnvironment;
import io.hypha.rpc.ktor.TlsSettings;
import io.hypha.rpc.metrics.HyphaMetrics;
import io.hypha.rpc.service.CaseConversion;
import io.hypha.rpc.wire.WireLimits;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Compiled, never run: every way to connect. */
public final class ConnectShapes {
    private static final String URL = "http://127.0.0.1:9527";

    private ConnectShapes() {}

    static void connect() {
        HyphaClient client = Hypha.connect(URL);
        HyphaClient configured = Hypha.connect();
        CompletableFuture<HyphaAsyncClient> later = Hypha.connectAsync(URL);
        CompletableFuture<HyphaAsyncClient> configuredLater = Hypha.connectAsync();
        HyphaService service = Hypha.getRemoteService(URL + "/workspace/services/id");
        String id = Hypha.parseServiceUrl(URL + "/workspace/services/id").getServiceId();
        HyphaClientBuilder fromEnvironment = Hypha.builder();
    }

    static void build(HyphaEnvironment environment, TlsSettings tls, WireLimits limits) {
        HyphaClientBuilder builder = Hypha.builder(URL)
                .token("token")
                .tokenProvider(() -> "token")
                .asyncTokenProvider(() -> CompletableFuture.completedFuture("token"))
                .workspace("workspace")
                .clientId("client")
                .appId("app")
                .timeout(10, TimeUnit.SECONDS)
                .timeout(Duration.ofSeconds(10))
                .interfaceTimeout(10, TimeUnit.SECONDS)
                .interfaceTimeout(Duration.ofSeconds(10))
                .connectTimeout(10, TimeUnit.SECONDS)
                .connectTimeout(Duration.ofSeconds(10))
                .pingInterval(10, TimeUnit.SECONDS)
                .pingInterval(Duration.ofSeconds(10))
                .pingTimeout(10, TimeUnit.SECONDS)
                .pingTimeout(Duration.ofSeconds(10))
                .reconnect(ReconnectShapes.strategy())
                .reconnectWait(0, TimeUnit.SECONDS)
                .reconnectWait(Duration.ZERO)
                .callerGrace(10, TimeUnit.SECONDS)
                .callerGrace(Duration.ofSeconds(10))
                .messageRate(100)
                .messageBurst(1000)
                .tokenRefreshInterval(10, TimeUnit.SECONDS)
                .tokenRefreshInterval(Duration.ofSeconds(10))
                .idleSession(10, TimeUnit.SECONDS)
                .idleSession(Duration.ofSeconds(10))
                .caseConversion(CaseConversion.Snake)
                .header("name", "value")
                .headers(Collections.singletonMap("name", "value"))
                .engine(KtorEngine.CIO)
                .tls(tls)
                .executor(Runnable::run)
                .logger(HyphaLogger.Silent)
                .metrics(new HyphaMetrics() {})
                .limits(limits)
                .maxIncomingCalls(100)
                .maxIncomingBytes(1L << 20)
                .maxLongMessageBytes(1L << 20)
                .maxFrameSize(1L << 20)
                .environment(environment)
                .codec(codec());
        HyphaClient client = builder.connect();
        CompletableFuture<HyphaAsyncClient> later = builder.connectAsync();
        HyphaService service = builder.getRemoteService();
        CompletableFuture<HyphaAsyncService> laterService = builder.getRemoteServiceAsync();
    }

    static HyphaCodec<StringBuilder> codec() {
        HyphaCodec<StringBuilder> encoder =
                HyphaCodec.encoding("text", StringBuilder.class, text -> Collections.singletonMap("text", text));
        HyphaCodec<StringBuilder> decoder =
                HyphaCodec.decoding("text", StringBuilder.class, map -> new StringBuilder((String) map.get("text")));
        return HyphaCodec.of(
                encoder.name() + decoder.name(),
                StringBuilder.class,
                StringBuilder::toString,
                map -> new StringBuilder((String) map.get("text")));
    }
}
