package io.hypha.rpc.java;

import io.hypha.rpc.ktor.LoginProfile;
import io.hypha.rpc.ktor.ParseServiceUrlKt;
import io.hypha.rpc.ktor.ServiceUrl;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Connects to Hypha servers, and logs people in.
 *
 * <pre>{@code
 * try (HyphaClient client = Hypha.connect("http://127.0.0.1:9527")) {
 *     HyphaService hello = client.getService("hello-world");
 *     String text = hello.call("hello", String.class, "John");
 * }
 * }</pre>
 */
public final class Hypha {
    private Hypha() {}

    /**
     * Connects as an anonymous user and waits until the connection stands.
     *
     * @param url the server, such as {@code https://hypha.aicell.io} or {@code http://127.0.0.1:9527}.
     * @throws io.hypha.rpc.HyphaException as {@link HyphaClientBuilder#connect()} does.
     */
    public static HyphaClient connect(String url) {
        return builder(url).connect();
    }

    /**
     * Connects to the server that the environment names, and waits until the connection stands: see {@link #builder()}.
     */
    public static HyphaClient connect() {
        return builder().connect();
    }

    /** Connects as an anonymous user; the future fails with what {@link HyphaClientBuilder#connect()} throws. */
    public static CompletableFuture<HyphaAsyncClient> connectAsync(String url) {
        return builder(url).connectAsync();
    }

    /** Connects to the server that the environment names: see {@link #builder()}. */
    public static CompletableFuture<HyphaAsyncClient> connectAsync() {
        return builder().connectAsync();
    }

    /**
     * A connection to be described further.
     *
     * @param url the server, such as {@code https://hypha.aicell.io} or {@code http://127.0.0.1:9527}.
     */
    public static HyphaClientBuilder builder(String url) {
        return new HyphaClientBuilder(Objects.requireNonNull(url, "url"));
    }

    /**
     * A connection to the server that the environment names (protocol §1.14), to be described further: the URL is
     * {@code HYPHA_SERVER_URL}, and unless they are set, the token is {@code HYPHA_TOKEN}, the workspace
     * {@code HYPHA_WORKSPACE} and the client id {@code HYPHA_CLIENT_ID}. Variables that are empty count for nothing.
     */
    public static HyphaClientBuilder builder() {
        return new HyphaClientBuilder(null);
    }

    /**
     * Connects for one service alone: closing the service closes the connection. {@link #builder(String)} takes such an
     * address too, for a service that needs a token.
     *
     * @param url the address of the service, as {@link #parseServiceUrl} reads it.
     * @throws IllegalArgumentException when the URL is not valid; nothing was sent.
     * @throws io.hypha.rpc.HyphaException when the server or the service is not there; no connection stays open then.
     */
    public static HyphaService getRemoteService(String url) {
        return builder(url).getRemoteService();
    }

    /**
     * The parts of the address of a service (protocol §7.6):
     * {@code https://server/workspace/services/[client:]service[@app]}.
     *
     * @throws IllegalArgumentException when it is no address of a service.
     */
    public static ServiceUrl parseServiceUrl(String url) {
        return ParseServiceUrlKt.parseServiceUrl(Objects.requireNonNull(url, "url"));
    }

    /**
     * Has a person log in with a browser, and waits for the token to connect with. The address is printed on standard
     * output.
     *
     * @param url the server; {@code null} for the one that {@code HYPHA_SERVER_URL} names.
     * @throws io.hypha.rpc.HyphaException as {@link #login(String, LoginSettings)} does.
     */
    public static String login(String url) {
        return login(url, LoginSettings.create());
    }

    /**
     * Has a person log in with a browser in the way that the settings say, and waits for the token to connect with.
     * Interrupting the thread ends the login at once.
     *
     * @param url the server; {@code null} for the one that {@code HYPHA_SERVER_URL} names, with {@code HYPHA_WORKSPACE}
     *     as the workspace unless one is set.
     * @throws io.hypha.rpc.CallTimeoutException when nobody has logged in within the login timeout.
     * @throws io.hypha.rpc.ServiceNotFoundException when the server offers no login.
     * @throws io.hypha.rpc.ConnectionClosedException when the server cannot be reached.
     * @throws io.hypha.rpc.RemoteException when the login service refuses, with its reason.
     * @throws IllegalArgumentException when the URL or a setting is not valid.
     */
    public static String login(String url, LoginSettings settings) {
        return Logins.EXECUTION.await(Logins.login(url, settings));
    }

    /** Has a person log in; the future fails with what {@link #login(String, LoginSettings)} throws. */
    public static CompletableFuture<String> loginAsync(String url, LoginSettings settings) {
        return Logins.EXECUTION.future(Logins.login(url, settings));
    }

    /**
     * Has a person log in, as {@link #login(String, LoginSettings)} does, and waits for the token with what the server
     * knows of the person.
     */
    public static LoginProfile loginWithProfile(String url, LoginSettings settings) {
        return Logins.EXECUTION.await(Logins.loginWithProfile(url, settings));
    }

    /** Has a person log in; the future fails with what {@link #login(String, LoginSettings)} throws. */
    public static CompletableFuture<LoginProfile> loginWithProfileAsync(String url, LoginSettings settings) {
        return Logins.EXECUTION.future(Logins.loginWithProfile(url, settings));
    }

    /**
     * Asks a server where a person logs out, shows it in the way that the settings say, and returns the address. Tokens
     * that programs have stay good until they end or are revoked.
     *
     * @param url the server; {@code null} for the one that {@code HYPHA_SERVER_URL} names.
     * @throws io.hypha.rpc.MethodNotFoundException when the server's login service knows no logout.
     * @throws io.hypha.rpc.ServiceNotFoundException when the server offers no login.
     * @throws io.hypha.rpc.ConnectionClosedException when the server cannot be reached.
     */
    public static String logout(String url, LogoutSettings settings) {
        return Logins.EXECUTION.await(Logins.logout(url, settings));
    }

    /** Asks where a person logs out; the future fails with what {@link #logout} throws. */
    public static CompletableFuture<String> logoutAsync(String url, LogoutSettings settings) {
        return Logins.EXECUTION.future(Logins.logout(url, settings));
    }
}
