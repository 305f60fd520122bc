package io.hypha.rpc.java;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Key stores with a key and a certificate that it signed itself, made by the JDK's tool. */
final class Certificates {
    static final char[] PASSWORD = "for-tests-only".toCharArray();

    private Certificates() {}

    /**
     * A key that is called {@code name}.
     *
     * @param names what it is for, as the tool writes it, such as {@code san=dns:localhost}.
     */
    static KeyStore key(Path folder, String name, String names)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        generate(file, name, "-ext", names);
        return load(file);
    }

    /**
     * A key called {@code name} whose certificate an intermediate authority signed, and that one a root.
     *
     * @param options what its certificate says, as the tool writes it.
     */
    static KeyStore signedKey(Path folder, String name, String... options)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        generate(file, "root", "-ext", "bc:c");
        generate(file, "between", "-ext", "bc:c", "-signer", "root");
        List<String> all = new ArrayList<>(Arrays.asList("-signer", "between"));
        all.addAll(Arrays.asList(options));
        generate(file, name, all.toArray(new String[0]));
        return load(file);
    }

    private static void generate(Path file, String name, String... options) throws IOException, InterruptedException {
        String tool =
                Paths.get(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(Arrays.asList(
                tool,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(Arrays.asList(options));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("keytool failed");
        }
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            store.load(input, PASSWORD);
        }
        return store;
    }

    /** The same without the keys of the others in it. */
    static KeyStore alone(KeyStore keys, String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(name, keys.getKey(name, PASSWORD), PASSWORD, keys.getCertificateChain(name));
        return store;
    }

    /** The certificate alone, to be trusted. */
    static KeyStore certificate(KeyStore key, String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(name, key.getCertificate(name));
        return store;
    }
}
