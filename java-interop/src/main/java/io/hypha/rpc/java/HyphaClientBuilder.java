package io.hypha.rpc.java;

import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.jvm.Blocking;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Timeouts;
import io.hypha.rpc.ktor.ConnectOptions;
import io.hypha.rpc.ktor.ConnectToServerKt;
import java.time.Duration;
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
     * Where handlers, callbacks, actions on streams and whatever depends on futures run. By default each has a thread
     * of its own: a virtual one where Java has them (from 21 on), else a daemon thread of the library. On Java 21 to 23
     * a handler that makes a blocking call within {@code synchronized} keeps the carrier of its virtual thread; there a
     * lock of {@code java.util.concurrent} or an executor of platform threads does better.
     *
     * <p>The executor may have few threads, or one, and several clients and services may share it, as one object. When
     * it does not begin a task though all tasks of this library that it runs wait in blocking calls of this library, a
     * daemon thread of the library takes the task; so calls that wait for each other always come to an end. As long as
     * one of those tasks does not wait everything else waits for the executor: an executor of one thread runs one
     * handler at a time, except while a handler waits for a call. An {@code ExecutorService} gets the same help when it
     * is full of tasks of the program's own and has begun nothing for a second while a thread waits in a blocking call.
     * Only calls, streams and futures of this library count as waiting: not locks, latches or futures of others.
     *
     * <p>Whoever made the executor shuts it down, after the client is closed. When it rejects a task the call that the
     * task serves fails at its caller with a {@link io.hypha.rpc.RemoteException} of the type {@code OverloadedError},
     * and futures complete on a thread of the library. Tasks that it would run on the thread which gives them run on a
     * thread of the library.
     */
    public HyphaClientBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
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

    private void configure(ConnectOptions options) {
        options.setToken(token);
        options.setWorkspace(workspace);
        options.setClientId(clientId);
        options.setCodecs(Codecs.ALL);
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
