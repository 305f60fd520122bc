package io.hypha.rpc.samples;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.NDArrays;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.RemoteStream;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.Visibility;
import io.hypha.rpc.value.NDArray;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Frames of a camera go to a viewer that is slower than the camera. With a hub of its own. */
public final class StreamFrames {
    private StreamFrames() {}

    /** Views ten frames of 16 bits per pixel. */
    public static void main(String[] args) throws InterruptedException {
        Camera camera = new Camera();
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            String id = provider.registerService(service(camera)).getId();
            view(caller.getService(id), 10, frame -> {
                System.out.println(frame + " has the median " + median(frame));
                camera.viewed();
            });
            camera.awaitStop();
            System.out.println("the camera has stopped; it was " + camera.mostAhead() + " ahead of the viewer at most");
        }
    }

    // tag::stream-frames-offer[]
    static ServiceDefinition service(Camera camera) {
        return ServiceDefinition.builder("camera")
                .visibility(Visibility.Public)
                .function(
                        "frames",
                        Param.of("height", Integer.class),
                        Param.of("width", Integer.class),
                        (height, width) -> Stream.generate(() -> camera.take(height, width))
                                .onClose(camera::stop))
                .build();
    }
    // end::stream-frames-offer[]

    // tag::stream-frames-view[]
    static void view(HyphaService camera, int count, Consumer<NDArray> viewer) {
        try (RemoteStream<NDArray> frames = camera.stream("frames", NDArray.class, 512, 512)) {
            for (int i = 0; i < count; i++) {
                viewer.accept(frames.next()); // only now the camera is asked for a frame
            }
        } // there are more frames; closing tells the camera that nobody wants them
    }

    private static int median(NDArray frame) {
        ShortBuffer pixels = NDArrays.shortBuffer(frame); // a view of what arrived
        int[] sorted = new int[pixels.remaining()];
        Arrays.setAll(sorted, i -> Short.toUnsignedInt(pixels.get(i)));
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
    // end::stream-frames-view[]
}
