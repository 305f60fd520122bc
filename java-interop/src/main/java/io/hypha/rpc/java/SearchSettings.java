package io.hypha.rpc.java;

import io.hypha.rpc.service.ServiceSearch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** How to search for services by what they are about (protocol §8.1). Immutable: every method returns another one. */
public final class SearchSettings {
    private final Consumer<ServiceSearch> settings;

    private SearchSettings(Consumer<ServiceSearch> settings) {
        this.settings = settings;
    }

    /** The five that fit best. */
    public static SearchSettings create() {
        return new SearchSettings(options -> {});
    }

    /** Values that entries of the service must have, such as {@code type}; in place of those that were set before. */
    public SearchSettings filters(Map<String, ?> filters) {
        Map<String, Object> kept = new LinkedHashMap<>(Objects.requireNonNull(filters, "filters"));
        return with(options -> options.setFilters(kept));
    }

    /** How many to return at most; 5 by default. */
    public SearchSettings limit(int limit) {
        return with(options -> options.setLimit(limit));
    }

    /** How many to leave out before the first; none by default. */
    public SearchSettings offset(int offset) {
        return with(options -> options.setOffset(offset));
    }

    /** The entry to sort by; by default the best fit comes first. */
    public SearchSettings orderBy(String entry) {
        return with(options -> options.setOrderBy(entry));
    }

    /** The entries to return of each service; all by default. */
    public SearchSettings returnFields(String... entries) {
        List<String> kept =
                Arrays.asList(Objects.requireNonNull(entries, "entries").clone());
        return with(options -> options.setReturnFields(kept));
    }

    /** Looks among the unlisted services of this client's own workspace too. */
    public SearchSettings includeUnlisted() {
        return with(options -> options.setIncludeUnlisted(true));
    }

    private SearchSettings with(Consumer<ServiceSearch> setting) {
        return new SearchSettings(settings.andThen(setting));
    }

    void applyTo(ServiceSearch options) {
        settings.accept(options);
    }
}
