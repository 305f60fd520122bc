package io.hypha.rpc.java;

import io.hypha.rpc.call.WorkspacePermission;
import io.hypha.rpc.client.TokenOptions;
import io.hypha.rpc.jvm.Timeouts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What a new token is to be good for (protocol §9.4). What is not set, or {@code null}, is left to the server.
 * Immutable: every method returns another one.
 */
public final class TokenSettings {
    private final Consumer<TokenOptions> settings;

    private TokenSettings(Consumer<TokenOptions> settings) {
        this.settings = settings;
    }

    /** An hour of reading and writing in the workspace of the client. */
    public static TokenSettings create() {
        return new TokenSettings(options -> {});
    }

    /** The only workspace that the token opens; that of the client by default. */
    public TokenSettings workspace(String workspace) {
        return with(options -> options.setWorkspace(workspace));
    }

    /** What its bearer may do there; {@code ReadWrite} by default. */
    public TokenSettings permission(WorkspacePermission permission) {
        Objects.requireNonNull(permission, "permission");
        return with(options -> options.setPermission(permission));
    }

    /** How long it can be used to connect, in whole seconds; an hour by default. */
    public TokenSettings expiresIn(long time, TimeUnit unit) {
        long nanoseconds = Nanoseconds.of(time, unit);
        return with(options -> Timeouts.setExpiresIn(options, nanoseconds));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public TokenSettings expiresIn(Duration time) {
        long nanoseconds = Nanoseconds.of(time);
        return with(options -> Timeouts.setExpiresIn(options, nanoseconds));
    }

    /** The only client id that it is good for; any by default. */
    public TokenSettings clientId(String clientId) {
        return with(options -> options.setClientId(clientId));
    }

    /** Scopes that mean something to services. With one that holds a {@code :} the token opens no connection. */
    public TokenSettings extraScopes(String... scopes) {
        List<String> kept =
                Arrays.asList(Objects.requireNonNull(scopes, "scopes").clone());
        return with(options -> options.setExtraScopes(kept));
    }

    /** The mail address of its bearer; that of the user who makes it by default. */
    public TokenSettings email(String email) {
        return with(options -> options.setEmail(email));
    }

    private TokenSettings with(Consumer<TokenOptions> setting) {
        return new TokenSettings(settings.andThen(setting));
    }

    void applyTo(TokenOptions options) {
        settings.accept(options);
    }
}
