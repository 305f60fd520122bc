package io.hypha.rpc.samples;

import io.hypha.rpc.java.NDArrays;
import io.hypha.rpc.value.DType;
import io.hypha.rpc.value.NDArray;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * Images as arrays and back: {@code uint8} of height × width × 3 (red, green, blue), or gray ones of height × width.
 */
final class Images {
    private Images() {}

    // tag::images[]
    /** The pixels of any image; those of other types than gray and RGB, such as with transparency, as 8-bit RGB. */
    static NDArray toArray(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        Object pixels = image.getRaster().getDataElements(0, 0, width, height, null);
        switch (image.getType()) {
            case BufferedImage.TYPE_USHORT_GRAY:
                return NDArrays.ofUnsigned((short[]) pixels, height, width);
            case BufferedImage.TYPE_BYTE_GRAY:
                return NDArrays.ofUnsigned((byte[]) pixels, height, width);
            case BufferedImage.TYPE_3BYTE_BGR: // a raster gives red first, however it stores them
                return NDArrays.ofUnsigned((byte[]) pixels, height, width, 3);
            default:
                BufferedImage redrawn = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
                Graphics2D graphics = redrawn.createGraphics();
                graphics.drawImage(image, 0, 0, null);
                graphics.dispose();
                return toArray(redrawn);
        }
    }

    static BufferedImage toImage(NDArray array) {
        boolean isColor = array.getRank() == 3 && array.getShape().get(2) == 3;
        if (!isColor && array.getRank() != 2) {
            throw new IllegalArgumentException(array + " is no image: its shape is height × width, or × 3 for RGB");
        }
        if (array.getDtype().equals(DType.UInt16) && !isColor) {
            short[] pixels = new short[array.getSize()];
            NDArrays.shortBuffer(array).get(pixels);
            return image(array, BufferedImage.TYPE_USHORT_GRAY, pixels);
        } else if (array.getDtype().equals(DType.UInt8)) {
            int type = isColor ? BufferedImage.TYPE_3BYTE_BGR : BufferedImage.TYPE_BYTE_GRAY;
            return image(array, type, array.toByteArray());
        }
        throw new IllegalArgumentException(array + " is no image: pixels are uint8, or uint16 for gray");
    }
    // end::images[]

    private static BufferedImage image(NDArray array, int type, Object pixels) {
        int height = array.getShape().get(0);
        int width = array.getShape().get(1);
        BufferedImage image = new BufferedImage(width, height, type);
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        return image;
    }

    /** A black image of the same size and type. */
    static BufferedImage like(BufferedImage image) {
        return new BufferedImage(image.getWidth(), image.getHeight(), image.getType());
    }
}
