package io.hypha.rpc.java;

import io.hypha.rpc.jvm.BlockingHandler;
import io.hypha.rpc.jvm.JavaServices;
import io.hypha.rpc.service.ProbesBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Functions that say how a client is, which a server may also answer over HTTP (protocol §7.9):
 *
 * <pre>{@code
 * client.registerProbes(HyphaProbes.create().readiness(() -> "ready").liveness(() -> "alive"));
 * }</pre>
 *
 * <p>Each returns what the answer is, which may be {@code null}, or throws when the client is not well. They run where
 * handlers run, and may block. Immutable.
 */
public final class HyphaProbes {
    private final Map<String, BlockingHandler> checks;

    private HyphaProbes(Map<String, BlockingHandler> checks) {
        this.checks = checks;
    }

    /** No probes yet. */
    public static HyphaProbes create() {
        return new HyphaProbes(Collections.emptyMap());
    }

    /** Whether the client can take work now. */
    public HyphaProbes readiness(Handler0<?> check) {
        return probe("readiness", check);
    }

    /** Whether it is alive and need not be restarted. */
    public HyphaProbes liveness(Handler0<?> check) {
        return probe("liveness", check);
    }

    /**
     * A probe of any other name.
     *
     * @throws IllegalArgumentException when there is one of that name.
     */
    public HyphaProbes probe(String name, Handler0<?> check) {
        Objects.requireNonNull(name, "name");
        Map<String, BlockingHandler> more = new LinkedHashMap<>(checks);
        if (more.putIfAbsent(name, Handlers.function(check)) != null) {
            throw new IllegalArgumentException("the probe '" + name + "' is given twice");
        }
        return new HyphaProbes(more);
    }

    void addTo(ProbesBuilder probes) {
        checks.forEach((name, check) -> JavaServices.probe(probes, name, check));
    }

    @Override
    public String toString() {
        return "HyphaProbes" + checks.keySet();
    }
}
