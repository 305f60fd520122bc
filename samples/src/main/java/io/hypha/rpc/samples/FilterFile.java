package io.hypha.rpc.samples;

import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.value.NDArray;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * Has the service of {@link ImageFilter} filter a file. The arguments are its id, the name of the filter, the file to
 * read, the PNG file to write, and the URL of the server.
 */
public final class FilterFile {
    private FilterFile() {}

    /** Connects, reads, calls and writes. */
    public static void main(String[] args) throws IOException {
        try (HyphaClient client = Hypha.connect(args.length > 4 ? args[4] : "http://127.0.0.1:9527")) {
            filter(client.getService(args[0]), args[1], new File(args[2]), new File(args[3]));
        }
    }

    // tag::filter-file[]
    static void filter(HyphaService filters, String name, File from, File to) throws IOException {
        NDArray image = Images.toArray(ImageIO.read(from));
        NDArray filtered = filters.call(name, NDArray.class, image);
        ImageIO.write(Images.toImage(filtered), "png", to);
        System.out.println(name + " of " + image.getShape() + " is " + filtered.getShape());
    }
    // end::filter-file[]
}
