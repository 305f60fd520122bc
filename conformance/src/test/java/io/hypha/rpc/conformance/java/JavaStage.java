package io.hypha.rpc.conformance.java;

import io.hypha.rpc.conformance.javascript.BlockingPeer;
import io.hypha.rpc.conformance.javascript.JsPeer;
import io.hypha.rpc.conformance.javascript.Stage;
import io.hypha.rpc.conformance.provider.Point;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaCodec;
import io.hypha.rpc.java.HyphaService;
import kotlin.Unit;

/** A hub with two JavaScript peers and a Java client in one workspace. */
final class JavaStage implements AutoCloseable {
    private static final HyphaCodec<Point> POINT = HyphaCodec.of(
            "point",
            Point.class,
            point -> JavaProvider.map("x", point.getX(), "y", point.getY()),
            map -> new Point(((Number) map.get("x")).doubleValue(), ((Number) map.get("y")).doubleValue()));

    private final Stage stage;

    /** Provides nothing; does what a test says. */
    final BlockingPeer peer;

    /** Has the services in JavaScript. */
    final BlockingPeer provider;

    final HyphaClient client;

    /** @param peerOptions further options of the peer. */
    JavaStage(String... peerOptions) {
        stage = Stage.Companion.set(peerOptions, true, options -> Unit.INSTANCE);
        peer = new BlockingPeer(stage.getPeer());
        provider = new BlockingPeer(stage.getProvider());
        client = join();
    }

    String url() {
        return stage.getUrl();
    }

    /** One more JavaScript client in the workspace, with the services in JavaScript. */
    JsPeer startPeer(String clientId) {
        String workspace = stage.getKotlin().getWorkspace();
        return JsPeer.Companion.start(
                url(), "--workspace", workspace, "--token", stage.getToken(), "--client-id", clientId);
    }

    /** One more Java client in the workspace. */
    HyphaClient join() {
        return Hypha.builder(stage.getUrl())
                .workspace(stage.getKotlin().getWorkspace())
                .token(stage.getToken())
                .codec(POINT)
                .connect();
    }

    /** The functions of {@code src/test/js/provider}, from the side of the Java client. */
    HyphaService javaScript() {
        return client.getService(provider.getAddress() + ":" + Stage.JAVASCRIPT);
    }

    @Override
    public void close() {
        client.close();
        client.awaitClosed();
        stage.close();
    }
}
