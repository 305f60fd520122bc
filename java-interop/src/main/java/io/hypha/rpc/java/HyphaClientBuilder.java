package io.hypha.rpc.java;

import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.jvm.Blocking;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Timeouts;
import io.hypha.rpc.ktor.ConnectOptions;
import io.hypha.rpc.ktor.ConnectToServerKt;
import io.hypha.rpc.value.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import kotlin.Unit;

/** How to connect; made by {@link Hypha#builder}. For one thread at a time. */
public final class HyphaClientBuilder {
    private static final long UNSET = 0;

    private final String url;
    private String token;
    private String workspace;
    private String clientId;
    private final List<HyphaCodec<?>> codecs = new ArrayList<>();
    private Executor executor;
    private long timeout = UNSET;
    private long connectTimeout = UNSET;

    HyphaClientBuilder(String url) {
        this.url = Objects.requireNonNull(url, "url");
    }

    /** The token to authenticate with; without one the client is an anonymous user. */
    public HyphaClientBuilder token(String token) {
        this.token = token;
        return this;
    }

    /** The workspace to join; without one the server chooses. */
    public HyphaClientBuilder workspace(String workspace) {
        this.workspace = workspace;
        return this;
    }

    /**
     * The id of this client within its workspace: letters, digits, {@code _} and {@code -}; a random one by default.
     */
    public HyphaClientBuilder clientId(String clientId) {
        this.clientId = clientId;
        return this;
    }

    /**
     * How long a provider may be silent before a call fails: neither a reply nor a heartbeat. 30 seconds by default.
     */
    public HyphaClientBuilder timeout(long time, TimeUnit unit) {
        timeout = Nanoseconds.of(time, unit);
        return this;
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaClientBuilder timeout(Duration time) {
        timeout = Nanoseconds.of(time);
        return this;
    }

    /** How long the handshake may take. 30 seconds by default. */
    public HyphaClientBuilder connectTimeout(long time, TimeUnit unit) {
        connectTimeout = Nanoseconds.of(time, unit);
        return this;
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaClientBuilder connectTimeout(Duration time) {
        connectTimeout = Nanoseconds.of(time);
        return this;
    }

    /**
     * Where handlers, callbacks and whatever depends on futures run; by default on daemon threads of the library, as
     * many as there are blocked calls.
     */
    public HyphaClientBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * How instances of a class of yours travel, and maps with the {@code _rtype} of that name; one for each name and
     * class.
     *
     * @throws IllegalArgumentException when there is one of that name.
     */
    public HyphaClientBuilder codec(HyphaCodec<?> codec) {
        for (HyphaCodec<?> other : codecs) {
            if (other.name().equals(codec.name())) {
                throw new IllegalArgumentException("there are two codecs with the name '" + codec.name() + "'");
            }
        }
        codecs.add(codec);
        return this;
    }

    /**
     * Connects, and waits until the connection stands.
     *
     * @throws IllegalArgumentException when the URL or an option is not valid.
     * @throws io.hypha.rpc.AuthenticationException when the server refuses this client, with the server's reason.
     * @throws io.hypha.rpc.ConnectionClosedException when the server cannot be reached or does not answer within the
     *     connect timeout.
     * @throws java.util.concurrent.CancellationException when the thread is interrupted; it stays interrupted.
     */
    public HyphaClient connect() {
        HyphaConnection connection = Blocking.await(continuation -> ConnectToServerKt.connectToServer(
                url,
                options -> {
                    configure(options);
                    return Unit.INSTANCE;
                },
                continuation));
        return new HyphaClient(connection);
    }

    /** Those of the user come first, so that they may take over what this library would send otherwise. */
    private List<Codec<?>> codecs() {
        List<Codec<?>> all = new ArrayList<>();
        for (HyphaCodec<?> codec : codecs) {
            all.add(codec.codec());
        }
        all.addAll(Codecs.ALL);
        return all;
    }

    private void configure(ConnectOptions options) {
        options.setToken(token);
        options.setWorkspace(workspace);
        options.setClientId(clientId);
        options.setCodecs(codecs());
        options.setInstanceSerializers(Values.CLASSES);
        if (executor != null) {
            options.setCoroutineContext(options.getCoroutineContext().plus(new JavaExecution(executor)));
        }
        if (timeout != UNSET) {
            Timeouts.setTimeout(options, timeout);
        }
        if (connectTimeout != UNSET) {
            Timeouts.setConnectTimeout(options, connectTimeout);
        }
    }
}
