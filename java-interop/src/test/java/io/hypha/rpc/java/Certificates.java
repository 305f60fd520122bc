package io.hypha.rpc.java;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

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
        String tool =
                Paths.get(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        names,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            store.load(input, PASSWORD);
        }
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
