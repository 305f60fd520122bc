package io.hypha.rpc.java.shapes;

import io.hypha.rpc.java.EventMatch;
import io.hypha.rpc.java.InfoSettings;
import io.hypha.rpc.java.LookupSettings;
import io.hypha.rpc.java.SearchSettings;
import io.hypha.rpc.java.ServiceQuery;
import io.hypha.rpc.service.CaseConversion;
import io.hypha.rpc.service.SelectionMode;
import io.hypha.rpc.service.Visibility;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;

/** Compiled, never run: every way to say what is looked for. */
final class FindShapes {
    private static final SelectionMode MODE = null;

    private FindShapes() {}

    static LookupSettings lookup() {
        return LookupSettings.create()
                .mode(MODE)
                .selectTimeout(1, TimeUnit.SECONDS)
                .selectTimeout(Duration.ofSeconds(1))
                .timeout(1, TimeUnit.SECONDS)
                .timeout(Duration.ofSeconds(1))
                .caseConversion(CaseConversion.Camel)
                .follow(true);
    }

    static InfoSettings info() {
        return InfoSettings.create()
                .mode(MODE)
                .selectTimeout(1, TimeUnit.SECONDS)
                .selectTimeout(Duration.ofSeconds(1))
                .readAppManifest(true);
    }

    static SearchSettings search() {
        return SearchSettings.create()
                .filters(Collections.singletonMap("type", "model"))
                .limit(10)
                .offset(10)
                .orderBy("name")
                .returnFields("id", "name")
                .includeUnlisted();
    }

    static ServiceQuery query() {
        return ServiceQuery.create()
                .workspace("*")
                .clientId("*")
                .serviceId("*")
                .type("*")
                .visibility(Visibility.Public)
                .appId("*")
                .includeUnlisted()
                .includeAppServices()
                .prioritizeRunning();
    }

    static EventMatch match() {
        return EventMatch.of("type").subscribed().where(event -> event.getData() != null);
    }
}
