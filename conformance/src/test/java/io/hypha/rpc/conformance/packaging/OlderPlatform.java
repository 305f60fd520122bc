package io.hypha.rpc.conformance.packaging;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a program on a platform that lacks some classes of Java, as older levels of Android do. Arguments: the class
 * path of the program, the names of the classes and packages that are lacking with commas between them, the main class,
 * and the program's own arguments.
 */
public final class OlderPlatform extends URLClassLoader {
    private final List<String> lacking;

    private OlderPlatform(URL[] classPath, List<String> lacking) {
        super(classPath, ClassLoader.getPlatformClassLoader());
        this.lacking = lacking;
    }

    /** What classes of the program mention is looked for here. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (lacking.contains(name) || lacking.stream().anyMatch(part -> isWithin(name, part))) {
            throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
    }

    private static boolean isWithin(String name, String part) {
        return name.startsWith(part + ".") || name.startsWith(part + "$");
    }

    /** Runs the program. */
    public static void main(String[] args) throws Exception {
        String[] paths = args[0].split(File.pathSeparator);
        URL[] classPath = new URL[paths.length];
        for (int i = 0; i < paths.length; i++) {
            classPath[i] = new File(paths[i]).toURI().toURL();
        }
        List<String> lacking = Arrays.asList(args[1].split(","));
        try (OlderPlatform platform = new OlderPlatform(classPath, lacking)) {
            Thread.currentThread().setContextClassLoader(platform);
            String[] own = Arrays.copyOfRange(args, 3, args.length);
            platform.loadClass(args[2]).getMethod("main", String[].class).invoke(null, (Object) own);
        }
    }
}
