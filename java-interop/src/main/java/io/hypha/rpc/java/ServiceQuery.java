package io.hypha.rpc.java;

import io.hypha.rpc.service.ServiceFilter;
import io.hypha.rpc.service.Visibility;
import java.util.function.Consumer;

/**
 * Which services to list (protocol §8.2). The texts are patterns: letters, digits, {@code _}, {@code -} and {@code /},
 * with {@code *} for any run of characters and {@code |} between alternatives. What is not set, or {@code null}, does
 * not matter. Immutable: every method returns another one.
 */
public final class ServiceQuery {
    private final Consumer<ServiceFilter> settings;

    private ServiceQuery(Consumer<ServiceFilter> settings) {
        this.settings = settings;
    }

    /** All services of the client's own workspace. */
    public static ServiceQuery create() {
        return new ServiceQuery(options -> {});
    }

    /** The workspace; by default that of this client, {@code *} for the public services of all of them. */
    public ServiceQuery workspace(String pattern) {
        return with(options -> options.setWorkspace(pattern));
    }

    /** The client that provides it. */
    public ServiceQuery clientId(String pattern) {
        return with(options -> options.setClientId(pattern));
    }

    /** The id within its client. */
    public ServiceQuery serviceId(String pattern) {
        return with(options -> options.setServiceId(pattern));
    }

    /** What kind of service it is. */
    public ServiceQuery type(String pattern) {
        return with(options -> options.setType(pattern));
    }

    /** Who may find and call it. */
    public ServiceQuery visibility(Visibility visibility) {
        return with(options -> options.setVisibility(visibility));
    }

    /** The application that it belongs to. */
    public ServiceQuery appId(String pattern) {
        return with(options -> options.setAppId(pattern));
    }

    /** Lists the unlisted services of this client's own workspace too. */
    public ServiceQuery includeUnlisted() {
        return with(options -> options.setIncludeUnlisted(true));
    }

    /** Lists the services of applications that are not running too. */
    public ServiceQuery includeAppServices() {
        return with(options -> options.setIncludeAppServices(true));
    }

    /** Puts the services of running clients first. */
    public ServiceQuery prioritizeRunning() {
        return with(options -> options.setPrioritizeRunning(true));
    }

    private ServiceQuery with(Consumer<ServiceFilter> setting) {
        return new ServiceQuery(settings.andThen(setting));
    }

    void applyTo(ServiceFilter options) {
        settings.accept(options);
    }
}
