package io.hypha.rpc.java;

import io.hypha.rpc.HyphaLogger;
import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.connection.ReconnectPolicy;
import io.hypha.rpc.jvm.ConnectionTime;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.JavaReconnection;
import io.hypha.rpc.jvm.JavaTokens;
import io.hypha.rpc.jvm.Suspending;
import io.hypha.rpc.ktor.ConnectOptions;
import io.hypha.rpc.ktor.ConnectToServerKt;
import io.hypha.rpc.ktor.GetRemoteServiceKt;
import io.hypha.rpc.ktor.HyphaEnvironment;
import io.hypha.rpc.ktor.Slf4jLogger;
import io.hypha.rpc.ktor.TlsSettings;
import io.hypha.rpc.metrics.HyphaMetrics;
import io.hypha.rpc.service.CaseConversion;
import io.hypha.rpc.service.RemoteService;
import io.hypha.rpc.value.Codec;
import io.hypha.rpc.wire.WireLimits;
import io.ktor.client.engine.HttpClientEngineFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kotlin.Unit;
import kotlin.jvm.functions.Function1;

/** How to connect; made by {@link Hypha#builder}. For one thread at a time. */
public final class HyphaClientBuilder {
    private final String url;
    private final List<Consumer<ConnectOptions>> settings = new ArrayList<>();
    private final List<HyphaCodec<?>> codecs = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private JavaExecution execution = JavaExecution.getDefault();

    /** @param url {@code null} to read it from the environment. */
    HyphaClientBuilder(String url) {
        this.url = url;
    }

    /** The token to authenticate with; without one, or with {@code null}, the client is an anonymous user. */
    public HyphaClientBuilder token(String token) {
        return with(options -> options.setToken(token));
    }

    /**
     * Asks for the token, in the place of {@link #token}: when the connection is made, and again five minutes before it
     * ends, or halfway to the end when it lives for less than ten minutes. A token that ends nowhere is not asked for
     * again.
     *
     * <p>It runs on the executor of the client, and is never asked twice at the same time. What it throws when the
     * connection is made becomes the cause of an {@link io.hypha.rpc.AuthenticationException}; later the client keeps
     * the token that it has and asks again after 30 seconds. It may take up to the connect timeout; then, and when the
     * connection ends, its thread is interrupted, and nobody waits for it any more.
     */
    public HyphaClientBuilder tokenProvider(TokenSupplier tokens) {
        Objects.requireNonNull(tokens, "tokens");
        return with(options -> options.setTokenProvider(JavaTokens.blocking(execution, tokens::get)));
    }

    /**
     * The same with an answer that comes later. A stage that is a {@code CompletableFuture} is cancelled when its
     * answer is not needed any more.
     */
    public HyphaClientBuilder asyncTokenProvider(AsyncTokenSupplier tokens) {
        Objects.requireNonNull(tokens, "tokens");
        return with(options -> options.setTokenProvider(JavaTokens.later(execution, tokens::get)));
    }

    /** The workspace to join; without one, or with {@code null}, the server chooses. */
    public HyphaClientBuilder workspace(String workspace) {
        return with(options -> options.setWorkspace(workspace));
    }

    /**
     * The id of this client within its workspace: letters, digits, {@code _} and {@code -}; a random one by default, or
     * with {@code null}.
     */
    public HyphaClientBuilder clientId(String clientId) {
        return with(options -> options.setClientId(clientId));
    }

    /**
     * How long a provider may be silent before a call fails: neither a reply nor a heartbeat. 30 seconds by default.
     */
    public HyphaClientBuilder timeout(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> ConnectionTime.Timeout.set(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaClientBuilder timeout(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> ConnectionTime.Timeout.set(options, nanoseconds));
    }

    /**
     * The same for calls to interface objects, whose owners vanish more often than services do. 10 seconds by default
     * (protocol §3.5).
     */
    public HyphaClientBuilder interfaceTimeout(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> ConnectionTime.InterfaceTimeout.set(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaClientBuilder interfaceTimeout(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> ConnectionTime.InterfaceTimeout.set(options, nanoseconds));
    }

    /** How long the handshake may take, and how long an answer of the token provider. 30 seconds by default. */
    public HyphaClientBuilder connectTimeout(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> ConnectionTime.ConnectTimeout.set(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaClientBuilder connectTimeout(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> ConnectionTime.ConnectTimeout.set(options, nanoseconds));
    }

    /**
     * The time between pings that keep an idle connection open. 20 seconds by default; {@code Long.MAX_VALUE} for none.
     */
    public HyphaClientBuilder pingInterval(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> ConnectionTime.PingInterval.set(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaClientBuilder pingInterval(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> ConnectionTime.PingInterval.set(options, nanoseconds));
    }

    /**
     * How long the server may send nothing at all after a ping before the connection counts as lost, and is made anew.
     * 20 seconds by default; {@code Long.MAX_VALUE} to wait until the system notices.
     */
    public HyphaClientBuilder pingTimeout(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> ConnectionTime.PingTimeout.set(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaClientBuilder pingTimeout(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> ConnectionTime.PingTimeout.set(options, nanoseconds));
    }

    /**
     * When to come back after the connection was lost, and when to give up. {@link Backoff#exponential()} by default;
     * {@link ReconnectStrategy#never()} ends the connection when it is lost.
     */
    public HyphaClientBuilder reconnect(ReconnectStrategy strategy) {
        Objects.requireNonNull(strategy, "strategy");
        ReconnectPolicy policy = JavaReconnection.policy(attempt -> strategy.millisBefore(new AttemptDetails(attempt)));
        return with(options -> options.setReconnect(policy));
    }

    /**
     * How long what is to be sent waits for the next connection while there is none; then its call fails with a
     * {@link io.hypha.rpc.ConnectionClosedException} whose {@code getDidNotRun()} is true. 0 to fail at once. 60
     * seconds by default; {@code Long.MAX_VALUE} to wait as long as the client tries to come back.
     */
    public HyphaClientBuilder reconnectWait(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.orNone(time, unit);
        return with(options -> ConnectionTime.ReconnectWait.set(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaClientBuilder reconnectWait(Duration time) {
        long nanoseconds = Nanoseconds.orNone(time);
        return with(options -> ConnectionTime.ReconnectWait.set(options, nanoseconds));
    }

    /**
     * How long calls of another client go on here after the server has said that it is gone, and what it got is kept:
     * streams, functions, interface objects. It may have lost its connection only: when it is heard of in this time it
     * gets its replies, and all goes on; else its calls are cancelled and the rest ends (protocol §10.4). 0 to end all
     * of it at once. 10 seconds by default; not for ever.
     */
    public HyphaClientBuilder callerGrace(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.orNone(time, unit);
        return with(options -> ConnectionTime.CallerGrace.set(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaClientBuilder callerGrace(Duration time) {
        long nanoseconds = Nanoseconds.orNone(time);
        return with(options -> ConnectionTime.CallerGrace.set(options, nanoseconds));
    }

    /**
     * How many messages to send a second at most in the long run; 0 for any number. By default nine tenths of what the
     * server announces, or of 200 when it announces nothing (protocol §1.8). Calls wait for their turn.
     */
    public HyphaClientBuilder messageRate(double perSecond) {
        return with(options -> options.setMessageRate(perSecond));
    }

    /**
     * How many messages to send at once at most before the rate counts. By default nine tenths of what the server
     * announces, or of 2,000 when it announces nothing.
     */
    public HyphaClientBuilder messageBurst(int messages) {
        return with(options -> options.setMessageBurst(messages));
    }

    /**
     * The time between refreshes of the token to come back with. 2 hours by default; {@code Long.MAX_VALUE} for none.
     */
    public HyphaClientBuilder tokenRefreshInterval(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> ConnectionTime.TokenRefreshInterval.set(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaClientBuilder tokenRefreshInterval(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> ConnectionTime.TokenRefreshInterval.set(options, nanoseconds));
    }

    /**
     * How long the functions and streams of a result are kept while nobody uses them. 10 minutes by default (protocol
     * §3.9).
     */
    public HyphaClientBuilder idleSession(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> ConnectionTime.IdleSession.set(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaClientBuilder idleSession(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> ConnectionTime.IdleSession.set(options, nanoseconds));
    }

    /** The application that the services belong to (protocol §1.14); none by default. */
    public HyphaClientBuilder appId(String appId) {
        Objects.requireNonNull(appId, "appId");
        return with(options -> options.setAppId(appId));
    }

    /**
     * How to write the names in services that are looked up, unless the look-up says; by default, or with {@code null},
     * they stay as they are.
     */
    public HyphaClientBuilder caseConversion(CaseConversion conversion) {
        return with(options -> options.setCaseConversion(conversion));
    }

    /** One more header to add to the upgrade request, such as one that a proxy asks for. */
    public HyphaClientBuilder header(String name, String value) {
        headers.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** More headers to add to the upgrade request. */
    public HyphaClientBuilder headers(Map<String, String> headers) {
        Objects.requireNonNull(headers, "headers").forEach(this::header);
        return this;
    }

    /**
     * Whom to trust, and how to show who this program is, at an {@code https} address; whom the platform trusts by
     * default, or with {@code null}. For the engine {@link KtorEngine#CIO}.
     */
    public HyphaClientBuilder tls(TlsSettings tls) {
        return with(options -> options.setTls(tls));
    }

    /**
     * What opens the socket; {@link KtorEngine#CIO} by default.
     *
     * @throws IllegalStateException when the engine is not there; the message says which artifact to add.
     */
    public HyphaClientBuilder engine(KtorEngine engine) {
        HttpClientEngineFactory<?> factory =
                Objects.requireNonNull(engine, "engine").factory();
        return with(options -> options.setEngine(factory));
    }

    /**
     * Where handlers, callbacks, listeners, actions on streams and whatever depends on futures run. By default each has
     * a thread of its own: a virtual one where Java has them (from 21 on), else a daemon thread of the library. On Java
     * 21 to 23 a handler that makes a blocking call within {@code synchronized} keeps the carrier of its virtual
     * thread; there a lock of {@code java.util.concurrent} or an executor of platform threads does better.
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
        execution = new JavaExecution(Objects.requireNonNull(executor, "executor"));
        return this;
    }

    /** Where to say what happens; SLF4J by default. {@link HyphaLogger#Silent} says nothing. */
    public HyphaClientBuilder logger(HyphaLogger logger) {
        Objects.requireNonNull(logger, "logger");
        return with(options -> options.setLogger(logger));
    }

    /**
     * Who hears of what the connection does, in numbers: the artifact {@code hypha-rpc-micrometer} has one for
     * Micrometer. Nobody by default, which costs nothing.
     */
    public HyphaClientBuilder metrics(HyphaMetrics metrics) {
        Objects.requireNonNull(metrics, "metrics");
        return with(options -> options.setMetrics(metrics));
    }

    /** What a received message may hold. */
    public HyphaClientBuilder limits(WireLimits limits) {
        Objects.requireNonNull(limits, "limits");
        return with(options -> options.setLimits(limits));
    }

    /** How many calls of others may run or wait at a time; further ones are refused as overloaded. 4,096 by default. */
    public HyphaClientBuilder maxIncomingCalls(int calls) {
        return with(options -> options.setMaxIncomingCalls(calls));
    }

    /**
     * How many bytes the arguments of the calls of others may hold at a time; further calls are refused as overloaded.
     * 256 MiB by default.
     */
    public HyphaClientBuilder maxIncomingBytes(long bytes) {
        return with(options -> options.setMaxIncomingBytes(bytes));
    }

    /** How many bytes the long messages that are arriving may hold at a time. 1 GiB by default. */
    public HyphaClientBuilder maxLongMessageBytes(long bytes) {
        return with(options -> options.setMaxLongMessageBytes(bytes));
    }

    /** The longest message that is accepted, in bytes. 32 MiB by default; servers send at most 16 MiB. */
    public HyphaClientBuilder maxFrameSize(long bytes) {
        return with(options -> options.setMaxFrameSize(bytes));
    }

    /** What stands in for the environment of the process when no URL is given: {@code properties::getProperty}. */
    public HyphaClientBuilder environment(HyphaEnvironment environment) {
        Objects.requireNonNull(environment, "environment");
        return with(options -> options.setEnvironment(environment));
    }

    /**
     * How instances of a class of yours travel, and maps with the {@code _rtype} of that name; one for each name and
     * class.
     *
     * @throws IllegalArgumentException when there is one of that name.
     */
    public HyphaClientBuilder codec(HyphaCodec<?> codec) {
        Objects.requireNonNull(codec, "codec");
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
     * @throws IllegalArgumentException when the URL or an option is not valid, or no URL is given and there is no
     *     {@code HYPHA_SERVER_URL}.
     * @throws io.hypha.rpc.AuthenticationException when the server refuses this client, with the server's reason.
     * @throws io.hypha.rpc.ConnectionClosedException when the server cannot be reached or does not answer within the
     *     connect timeout.
     * @throws java.util.concurrent.CancellationException when the thread is interrupted; it stays interrupted.
     */
    public HyphaClient connect() {
        return Handover.await(execution, connection().map(HyphaClient::new), HyphaClient::close);
    }

    /**
     * Connects; the future fails with what {@link #connect} throws. Cancelling it, or completing it in another way,
     * ends the attempt.
     */
    public CompletableFuture<HyphaAsyncClient> connectAsync() {
        return Handover.future(execution, connection().map(HyphaAsyncClient::new), HyphaAsyncClient::close);
    }

    /**
     * Connects for one service alone, whose address the URL of this builder is: see {@link Hypha#getRemoteService}.
     * Closing the service closes the connection.
     *
     * @throws IllegalStateException when this builder has no URL.
     */
    public HyphaService getRemoteService() {
        return Handover.await(execution, service().map(HyphaService::new), HyphaService::close);
    }

    /** The same as a future. */
    public CompletableFuture<HyphaAsyncService> getRemoteServiceAsync() {
        return Handover.future(execution, service().map(HyphaAsyncService::new), HyphaAsyncService::close);
    }

    private Suspending<HyphaConnection> connection() {
        Function1<ConnectOptions, Unit> configure = configure();
        return url == null
                ? continuation -> ConnectToServerKt.connectToServer(configure, continuation)
                : continuation -> ConnectToServerKt.connectToServer(url, configure, continuation);
    }

    private Suspending<RemoteService> service() {
        if (url == null) {
            throw new IllegalStateException("a service has an address: Hypha.builder(url).getRemoteService()");
        }
        Function1<ConnectOptions, Unit> configure = configure();
        return continuation -> GetRemoteServiceKt.getRemoteService(url, configure, continuation);
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

    /** What is set now; later changes of this builder are for later connections. */
    private Function1<ConnectOptions, Unit> configure() {
        List<Consumer<ConnectOptions>> all = new ArrayList<>(settings);
        Map<String, String> sent = new LinkedHashMap<>(headers);
        JavaExecution chosen = execution;
        List<Codec<?>> known = codecs();
        return options -> {
            options.setLogger(Slf4jLogger.INSTANCE);
            options.setCodecs(known);
            options.setInstanceSerializers(Values.CLASSES);
            options.setHeaders(sent);
            options.setCoroutineContext(options.getCoroutineContext().plus(chosen));
            all.forEach(setting -> setting.accept(options));
            return Unit.INSTANCE;
        };
    }

    private HyphaClientBuilder with(Consumer<ConnectOptions> setting) {
        settings.add(setting);
        return this;
    }

    /** Says nothing of the options: some are secret, and so may be parts of the URL. */
    @Override
    public String toString() {
        return "HyphaClientBuilder";
    }
}
