package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.call.TransferProgress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program hears of the way of its long arguments. */
@Timeout(60)
class ProgressTest {
    private static final int SIZE = 3_000_000;
    private static final Param<byte[]> DATA = Param.of("data", byte[].class);

    private final List<TransferProgress> heard = Collections.synchronizedList(new ArrayList<>());

    private static HyphaService measuring(TwoClients clients) {
        return clients.offer(TwoClients.open("measuring").function("size", DATA, data -> data.length));
    }

    private void shouldBeWhole() {
        assertEquals(0, heard.get(0).getSent());
        TransferProgress last = heard.get(heard.size() - 1);
        assertEquals(last.getTotal(), last.getSent());
        assertTrue(last.getTotal() > SIZE, last::toString);
        for (int i = 1; i < heard.size(); i++)
            assertTrue(heard.get(i - 1).getSent() < heard.get(i).getSent());
    }

    @Test
    @DisplayName("a call has told all of its progress when it returns, in order")
    void blocking() {
        try (TwoClients clients = new TwoClients()) {
            HyphaFunction size = measuring(clients).function("size").onProgress(heard::add);
            assertEquals(SIZE, size.call(Integer.class, (Object) new byte[SIZE]));
            shouldBeWhole();
        }
    }

    @Test
    @DisplayName("so has a call whose future is done")
    void async() {
        try (TwoClients clients = new TwoClients()) {
            HyphaAsyncFunction size =
                    measuring(clients).function("size").async().onProgress(heard::add);
            assertEquals(SIZE, size.call(Integer.class, (Object) new byte[SIZE]).join());
            shouldBeWhole();
        }
    }

    @Test
    @DisplayName("a listener may block and call, and what it throws harms nothing")
    void listeners() {
        try (TwoClients clients = new TwoClients()) {
            HyphaService service = measuring(clients);
            HyphaFunction size = service.function("size").onProgress(progress -> {
                assertEquals(1, service.call("size", Integer.class, (Object) new byte[1]));
                heard.add(progress);
                throw new Exception("on purpose");
            });
            assertEquals(SIZE, size.call(Integer.class, (Object) new byte[SIZE]));
            shouldBeWhole();
        }
    }
}
