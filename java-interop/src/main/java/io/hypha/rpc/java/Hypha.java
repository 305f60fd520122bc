package io.hypha.rpc.java;

/**
 * Connects to Hypha servers.
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
     * A connection to be described further.
     *
     * @param url the server, such as {@code https://hypha.aicell.io} or {@code http://127.0.0.1:9527}.
     */
    public static HyphaClientBuilder builder(String url) {
        return new HyphaClientBuilder(url);
    }
}
