package io.hypha.rpc.samples;

import io.hypha.rpc.java.NDArrays;
import io.hypha.rpc.value.NDArray;
import java.util.concurrent.CountDownLatch;

/** A camera with 16 bits per pixel that is as fast as it is asked, and knows how far it is ahead of its viewer. */
final class Camera {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private int taken;
    private int viewed;
    private int mostAhead;

    // tag::camera-take[]
    synchronized NDArray take(int height, int width) {
        short[] pixels = new short[height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) (i % width + 1000 * taken); // 0 to 65535, of which a short keeps the bits
        }
        taken++;
        mostAhead = Math.max(mostAhead, taken - viewed);
        return NDArrays.ofUnsigned(pixels, height, width);
    }
    // end::camera-take[]

    /** The viewer is done with one more frame. */
    synchronized void viewed() {
        viewed++;
    }

    synchronized int taken() {
        return taken;
    }

    /** How many frames there were at most that the viewer was not done with, the one that was being taken included. */
    synchronized int mostAhead() {
        return mostAhead;
    }

    void stop() {
        stopped.countDown();
    }

    void awaitStop() throws InterruptedException {
        stopped.await();
    }
}
