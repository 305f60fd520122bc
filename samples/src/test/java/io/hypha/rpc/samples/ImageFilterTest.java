package io.hypha.rpc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.RemoteException;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.value.NDArray;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilterTest {
    private static HyphaHub hub;
    private static HyphaClient provider;
    private static HyphaClient caller;
    private static HyphaService filters;

    @TempDir
    private File folder;

    @BeforeAll
    static void offer() {
        hub = HyphaHub.start();
        provider = Hypha.connect(hub.getUrl());
        caller = Hypha.connect(hub.getUrl());
        filters = caller.getService(
                provider.registerService(ImageFilter.service()).getId());
    }

    @AfterAll
    static void close() {
        caller.close();
        provider.close();
        hub.close();
    }

    @Test
    @DisplayName("a color file is inverted pixel by pixel")
    void invertColors() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x102030);
        image.setRGB(2, 1, 0xff0080);
        BufferedImage inverted = filtered("invert", image, "invert of [2, 3, 3] is [2, 3, 3]");
        assertEquals(0xffefdfcf, inverted.getRGB(0, 0));
        assertEquals(0xff00ff7f, inverted.getRGB(2, 1));
        assertEquals(0xffffffff, inverted.getRGB(1, 0));
    }

    @Test
    @DisplayName("a file of 16-bit gray keeps its 16 bits")
    void invertDeepGray() throws IOException {
        BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(3, 2, 0, 60000);
        image.getRaster().setSample(0, 0, 0, 258);
        BufferedImage inverted = filtered("invert", image, "invert of [3, 4] is [3, 4]");
        assertEquals(BufferedImage.TYPE_USHORT_GRAY, inverted.getType());
        assertEquals(5535, inverted.getRaster().getSample(3, 2, 0));
        assertEquals(65277, inverted.getRaster().getSample(0, 0, 0));
    }

    @Test
    @DisplayName("a blurred dot is a box, of 8 and of 16 bits")
    void blur() throws IOException {
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
            BufferedImage image = new BufferedImage(7, 7, type);
            image.getRaster().setSample(3, 3, 0, 90);
            BufferedImage blurred = filtered("blur", image, "blur of [7, 7] is [7, 7]");
            for (int y = 0; y < 7; y++) {
                for (int x = 0; x < 7; x++) {
                    int expected = Math.abs(x - 3) <= 1 && Math.abs(y - 3) <= 1 ? 10 : 0;
                    assertEquals(expected, blurred.getRaster().getSample(x, y, 0), 1, x + ", " + y);
                }
            }
        }
    }

    @Test
    @DisplayName("a color file becomes gray by the brightness of its colors")
    void grayscale() throws IOException {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, 0xff0000);
        image.setRGB(1, 0, 0x00ff00);
        image.setRGB(0, 1, 0x0000ff);
        image.setRGB(1, 1, 0xffffff);
        BufferedImage gray = filtered("grayscale", image, "grayscale of [2, 2, 3] is [2, 2]");
        int[] samples = gray.getRaster().getPixels(0, 0, 2, 2, (int[]) null);
        int[] expected = {76, 150, 29, 255};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], samples[i], 1);
        }
    }

    @Test
    @DisplayName("what is no image is refused, saying why")
    void noImage() {
        RemoteException shape = assertThrows(
                RemoteException.class, () -> filters.call("invert", NDArray.class, NDArray.of(new float[4], 4)));
        assertTrue(shape.getRemoteMessage().contains("its shape is height × width"), shape.getRemoteMessage());
        RemoteException type = assertThrows(
                RemoteException.class, () -> filters.call("invert", NDArray.class, NDArray.of(new float[4], 2, 2)));
        assertTrue(type.getRemoteMessage().contains("pixels are uint8"), type.getRemoteMessage());
    }

    private BufferedImage filtered(String filter, BufferedImage image, String line) throws IOException {
        File from = new File(folder, "from.png");
        File to = new File(folder, "to.png");
        ImageIO.write(image, "png", from);
        List<String> lines = Output.linesOf(() -> FilterFile.filter(filters, filter, from, to));
        assertEquals(Collections.singletonList(line), lines);
        return ImageIO.read(to);
    }
}
