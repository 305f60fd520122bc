package io.hypha.rpc.conformance.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.java.EventMatch;
import io.hypha.rpc.java.EventStream;
import io.hypha.rpc.java.HyphaService;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventsBetweenJavaAndJavaScriptTest {
    private static JavaStage stage;
    private static HyphaService javaScript;
    private static String me;

    private String type;

    @BeforeAll
    static void set() {
        stage = new JavaStage();
        javaScript = stage.javaScript();
        me = stage.client.workspace() + "/" + stage.client.clientId();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @BeforeEach
    void newType() {
        type = UUID.randomUUID().toString();
    }

    @Test
    @DisplayName("an event of Java reaches the one JavaScript client that it is for")
    void toJavaScript() {
        stage.peer.listen(type);
        stage.client.emit(type, Arrays.asList(1, "two"), stage.peer.getAddress());
        Map<?, ?> heard = stage.peer.nextEvent();
        assertEquals(type, heard.get("type"));
        assertEquals(Arrays.asList(1L, "two"), heard.get("data"));
        assertEquals(me, heard.get("from"));
    }

    @Test
    @DisplayName("a broadcast of Java reaches the JavaScript client that has subscribed")
    void broadcastToJavaScript() {
        stage.peer.call(null, "subscribe", type);
        stage.peer.listen(type);
        stage.client.emit(type, "to all", "*");
        assertEquals("to all", stage.peer.nextEvent().get("data"));
    }

    @Test
    @DisplayName("an event of JavaScript is what Java waits for, and the hub says who sent it")
    void fromJavaScript() {
        EventMatch second = EventMatch.of(type).where(event -> event.getData().equals(2L));
        CompletableFuture<HyphaEvent> event = stage.client.async().waitFor(second, 30, TimeUnit.SECONDS);
        javaScript.call("emitEvent", Void.class, type, me, 1);
        javaScript.call("emitEvent", Void.class, type, me, 2);
        assertEquals(2L, event.join().getData());
        assertEquals(stage.provider.getAddress(), event.join().getContext().getFrom());
    }

    @Test
    @DisplayName("broadcasts of JavaScript are taken one by one, in their order")
    void broadcastsFromJavaScript() {
        try (EventStream events = stage.client.events(EventMatch.of(type).subscribed())) {
            for (int number = 0; number < 5; number++) {
                javaScript.call("emitEvent", Void.class, type, "*", number);
            }
            for (long number = 0; number < 5; number++) {
                assertEquals(number, events.next().getData());
            }
        }
    }
}
