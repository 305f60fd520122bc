package io.hypha.rpc.java.shapes;

import io.hypha.rpc.java.AsyncStream;
import io.hypha.rpc.java.HyphaAsyncFunction;
import io.hypha.rpc.java.HyphaAsyncService;
import io.hypha.rpc.java.HyphaAsyncTools;
import io.hypha.rpc.java.HyphaFunction;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.HyphaTools;
import io.hypha.rpc.java.Kwargs;
import io.hypha.rpc.java.RemoteStream;
import io.hypha.rpc.java.TypeRef;
import io.hypha.rpc.service.ServiceInfo;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Compiled, never run: every way to call a function of another client. */
final class CallShapes {
    static final TypeRef<List<Integer>> NUMBERS = new TypeRef<>() {};

    private CallShapes() {}

    static void call(HyphaService service) {
        HyphaAsyncService async = service.async();
        List<String> about = service.functionNames();
        String texts = service.id() + service.name() + service.description();
        HyphaFunction function = service.function("add");
        Integer sum = service.call("add", Integer.class, 1, 2);
        int unboxed = service.call("add", int.class, 1, Kwargs.of("b", 2).and("c", null));
        List<Integer> list = service.call("list", NUMBERS);
        service.call("null", Void.class, (Object) null);
        RemoteStream<Integer> items = service.stream("count", Integer.class, 3);
        RemoteStream<List<Integer>> lists = service.stream("count", NUMBERS, 3);
        HyphaService received = HyphaService.of(Collections.emptyMap());
        Map<String, Object> keywords = Kwargs.of("a", 1).asMap();
        HyphaService patient = service.withTimeout(1, TimeUnit.MINUTES).withTimeout(Duration.ofMinutes(1));
    }

    static void look(HyphaService service) {
        String type = service.type();
        Object docs = service.docs();
        Map<String, Object> config = service.config();
        Map<String, Object> entries = service.entries();
        Map<String, Object> schema = service.serviceSchema();
        Object value = service.value("version");
        String text = service.value("version", String.class);
        List<Integer> numbers = service.value("numbers", NUMBERS);
        HyphaTools tools = service.tools();
        Runnable proxy = service.proxy(Runnable.class);
        Comparable<String> generic = service.proxy(new TypeRef<Comparable<String>>() {});
        HyphaService repeating = service.idempotent();
        service.dispose();
        service.close();
    }

    static void call(HyphaAsyncService service) {
        HyphaService blocking = service.blocking();
        List<String> about = service.functionNames();
        String texts = service.id() + service.name() + service.description();
        HyphaAsyncFunction function = service.function("add");
        CompletableFuture<Integer> sum = service.call("add", Integer.class, 1, 2);
        CompletableFuture<List<Integer>> list = service.call("list", NUMBERS);
        AsyncStream<Integer> items = service.stream("count", Integer.class, 3);
        AsyncStream<List<Integer>> lists = service.stream("count", NUMBERS, 3);
        HyphaAsyncService patient = service.withTimeout(1, TimeUnit.MINUTES).withTimeout(Duration.ofMinutes(1));
    }

    static void look(HyphaAsyncService service) {
        String type = service.type();
        Object docs = service.docs();
        Map<String, Object> config = service.config();
        Map<String, Object> entries = service.entries();
        Map<String, Object> schema = service.serviceSchema();
        Object value = service.value("version");
        String text = service.value("version", String.class);
        List<Integer> numbers = service.value("numbers", NUMBERS);
        HyphaAsyncTools tools = service.tools();
        Runnable proxy = service.proxy(Runnable.class);
        Comparable<String> generic = service.proxy(new TypeRef<Comparable<String>>() {});
        HyphaAsyncService repeating = service.idempotent();
        service.dispose();
        service.close();
    }

    static void call(HyphaFunction function) {
        HyphaAsyncFunction async = function.async();
        Map<String, Object> schema = function.idempotent().schema();
        String texts = function.name() + function.description();
        Integer sum = function.call(Integer.class, 1, 2);
        List<Integer> list = function.call(NUMBERS);
        RemoteStream<Integer> items = function.stream(Integer.class, 3);
        RemoteStream<List<Integer>> lists = function.stream(NUMBERS, 3);
        HyphaFunction told =
                function.onProgress(progress -> System.out.println(progress.getSent() + progress.getTotal()));
        HyphaFunction patient = function.withTimeout(1, TimeUnit.MINUTES).withTimeout(Duration.ofMinutes(1));
    }

    static void call(HyphaAsyncFunction function) {
        Map<String, Object> schema = function.idempotent().schema();
        HyphaFunction blocking = function.blocking();
        String texts = function.name() + function.description();
        CompletableFuture<Integer> sum = function.call(Integer.class, 1, 2);
        CompletableFuture<List<Integer>> list = function.call(NUMBERS);
        AsyncStream<Integer> items = function.stream(Integer.class, 3);
        AsyncStream<List<Integer>> lists = function.stream(NUMBERS, 3);
        HyphaAsyncFunction told =
                function.onProgress(progress -> System.out.println(progress.getSent() + progress.getTotal()));
        HyphaAsyncFunction patient = function.withTimeout(1, TimeUnit.MINUTES).withTimeout(Duration.ofMinutes(1));
    }

    static void run(HyphaTools tools, ServiceInfo info) {
        HyphaAsyncTools async = tools.async();
        List<String> names = tools.names();
        List<Map<String, Object>> definitions = tools.definitions();
        List<Map<String, Object>> same = HyphaTools.definitionsOf(info);
        String json = tools.definitionsJson() + HyphaTools.definitionsJsonOf(info);
        String text = tools.run("add", "{\"a\": 1}");
        Object result = tools.run("add", Collections.singletonMap("a", 1));
    }

    static void run(HyphaAsyncTools tools) {
        HyphaTools blocking = tools.blocking();
        List<String> names = tools.names();
        List<Map<String, Object>> definitions = tools.definitions();
        String json = tools.definitionsJson();
        CompletableFuture<String> text = tools.run("add", "{\"a\": 1}");
        CompletableFuture<Object> result = tools.run("add", Collections.singletonMap("a", 1));
    }
}
