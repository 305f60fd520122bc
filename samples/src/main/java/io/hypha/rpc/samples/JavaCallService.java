package io.hypha.rpc.samples;

import io.hypha.rpc.java.Callback;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.Kwargs;
import io.hypha.rpc.java.RemoteStream;
import java.util.concurrent.CompletableFuture;

/** Calls the service of {@link JavaHelloService}. The arguments are its id and the URL of the server. */
public final class JavaCallService {
    private JavaCallService() {}

    /** Connects and calls. */
    public static void main(String[] args) {
        call(args[0], args.length > 1 ? args[1] : "http://127.0.0.1:9527");
    }

    // tag::java-call-service[]
    static void call(String id, String url) {
        try (HyphaClient client = Hypha.connect(url)) {
            HyphaService hello = client.getService(id);
            System.out.println(hello.call("hello", String.class, "John"));
            System.out.println(hello.call("add", Integer.class, Kwargs.of("a", 40)));
            try (RemoteStream<Integer> items = hello.stream("count", Integer.class, 0, 3)) {
                items.forEach(item -> System.out.println("item " + item));
            }
            hello.call("work", Void.class, 4, Callback.of(Double.class, part -> System.out.println("done " + part)));

            CompletableFuture<String> greeting = hello.async().call("hello", String.class, "Ada");
            CompletableFuture<Integer> sum = hello.async().call("add", Integer.class, 40, 3);
            System.out.println(greeting.thenCombine(sum, (text, number) -> text + ", " + number)
                    .join());
        }
    }
    // end::java-call-service[]
}
