package io.hypha.rpc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StreamFramesTest {
    @Test
    @DisplayName("the program views ten frames, and the camera is one frame ahead at most")
    void program() {
        List<String> lines = Output.linesOf(() -> StreamFrames.main(new String[0]));
        assertEquals(11, lines.size());
        assertEquals("NDArray(uint16, [512, 512]) has the median 256", lines.get(0));
        assertEquals("NDArray(uint16, [512, 512]) has the median 9256", lines.get(9));
        assertEquals("the camera has stopped; it was 1 ahead of the viewer at most", lines.get(10));
    }

    @Test
    @DisplayName("a camera waits for a slow viewer, and stops when the viewer leaves")
    void slowViewer() throws InterruptedException {
        Camera camera = new Camera();
        List<Long> corners = new ArrayList<>();
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            HyphaService service = caller.getService(
                    provider.registerService(StreamFrames.service(camera)).getId());
            StreamFrames.view(service, 70, frame -> {
                // Time enough for a camera that does not wait: its frames would come before these answers.
                for (int roundTrip = 0; roundTrip < 5; roundTrip++) {
                    caller.echo(roundTrip);
                }
                corners.add(frame.getLong(511, 511));
                camera.viewed();
            });
            camera.awaitStop();
        }
        assertEquals(Arrays.asList(511L, 1511L, 2511L), corners.subList(0, 3));
        assertEquals(69_511L - 65_536, corners.get(69));
        assertEquals(1, camera.mostAhead());
        assertTrue(camera.taken() <= 71, () -> "it has taken " + camera.taken());
    }
}
