package io.hypha.rpc.java;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Stands in front of a server without TLS, as proxies do. */
final class TlsProxy implements AutoCloseable {
    private final SSLServerSocket server;
    private final String host;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** @param clients whom it lets in; {@code null} for everybody. */
    TlsProxy(int target, KeyStore key, KeyStore clients) throws IOException, GeneralSecurityException {
        this(target, key, clients, "localhost");
    }

    /** @param host under which name of this machine it can be reached. */
    TlsProxy(int target, KeyStore key, KeyStore clients, String host) throws IOException, GeneralSecurityException {
        this.target = target;
        this.host = host;
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(key, Certificates.PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(clients == null ? key : clients);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getByName(host));
        server.setNeedClientAuth(clients != null);
        start(this::serve);
    }

    String url() {
        return "https://" + host + ":" + server.getLocalPort();
    }

    private void serve() throws IOException {
        while (true) {
            Socket outside = server.accept();
            Socket inside = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(outside);
            sockets.add(inside);
            start(() -> copy(outside, inside));
            start(() -> copy(inside, outside));
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (Socket source = from;
                Socket sink = to) {
            InputStream input = source.getInputStream();
            OutputStream output = sink.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                output.write(buffer, 0, count);
                output.flush();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // A handshake was refused or a socket closed: the thread ends with it, which is all there is to do.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
