package io.hypha.rpc.samples;

import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.Visibility;
import io.hypha.rpc.value.NDArray;
import java.awt.image.BandCombineOp;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;

/** Offers filters for images until the connection ends. The argument is the URL of the server. */
public final class ImageFilter {
    private ImageFilter() {}

    /** Connects and waits. */
    public static void main(String[] args) {
        try (HyphaClient client = Hypha.connect(args.length > 0 ? args[0] : "http://127.0.0.1:9527")) {
            System.out.println("Call " + client.registerService(service()).getId());
            client.serve();
        }
    }

    // tag::image-filter[]
    /** The service: {@code invert}, {@code blur} and {@code grayscale}. */
    public static ServiceDefinition service() {
        Param<NDArray> image = Param.of("image", NDArray.class).describedAs("8-bit RGB or gray, or 16-bit gray");
        return ServiceDefinition.builder("image-filter")
                .visibility(Visibility.Public)
                .function("invert", image, array -> Images.toArray(invert(Images.toImage(array))))
                .function("blur", image, array -> Images.toArray(blur(Images.toImage(array))))
                .function("grayscale", image, array -> Images.toArray(grayscale(Images.toImage(array))))
                .build();
    }

    private static BufferedImage invert(BufferedImage image) {
        int white = image.getType() == BufferedImage.TYPE_USHORT_GRAY ? 65535 : 255;
        return new RescaleOp(-1, white, null).filter(image, Images.like(image));
    }

    private static BufferedImage blur(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        BufferedImage blurred = Images.like(image);
        for (int band = 0; band < image.getRaster().getNumBands(); band++) {
            int[] samples = image.getRaster().getSamples(0, 0, width, height, band, (int[]) null);
            blurred.getRaster().setSamples(0, 0, width, height, band, means(samples, width));
        }
        return blurred;
    }

    /** The mean of each sample and its eight neighbours; samples at the edge stay. */
    private static int[] means(int[] samples, int width) {
        int[] means = samples.clone();
        for (int i = width; i < samples.length - width; i++) {
            if (i % width > 0 && i % width < width - 1) {
                int sum = 0;
                for (int row = i - width; row <= i + width; row += width) {
                    sum += samples[row - 1] + samples[row] + samples[row + 1];
                }
                means[i] = sum / 9;
            }
        }
        return means;
    }

    private static BufferedImage grayscale(BufferedImage image) {
        if (image.getRaster().getNumBands() == 1) {
            return image;
        }
        BufferedImage gray = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        float[][] luminance = {{0.299f, 0.587f, 0.114f}};
        new BandCombineOp(luminance, null).filter(image.getRaster(), gray.getRaster());
        return gray;
    }
    // end::image-filter[]
}
