package io.hypha.rpc.java;

import io.hypha.rpc.client.WorkspaceBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A workspace to be created. What is not set, or {@code null}, is the server's choice. Immutable: every method returns
 * another one.
 */
public final class WorkspaceSettings {
    private final Consumer<WorkspaceBuilder> settings;

    private WorkspaceSettings(Consumer<WorkspaceBuilder> settings) {
        this.settings = settings;
    }

    /** What the server makes of an id alone. */
    public static WorkspaceSettings create() {
        return new WorkspaceSettings(options -> {});
    }

    /** The name to show; the id by default. */
    public WorkspaceSettings name(String name) {
        return with(options -> options.setName(name));
    }

    /** What it is for. */
    public WorkspaceSettings description(String description) {
        return with(options -> options.setDescription(description));
    }

    /** Whether it outlives its last client; by default it does not. */
    public WorkspaceSettings persistent(boolean isPersistent) {
        return with(options -> options.setPersistent(isPersistent));
    }

    /** Ids or mail addresses of the users who may do everything there, beside the one who creates it. */
    public WorkspaceSettings owners(String... owners) {
        List<String> kept =
                Arrays.asList(Objects.requireNonNull(owners, "owners").clone());
        return with(options -> options.setOwners(kept));
    }

    /** A picture to show, as a URL or an emoji. */
    public WorkspaceSettings icon(String icon) {
        return with(options -> options.setIcon(icon));
    }

    /** Takes the place of a workspace of the same id, which the user must administer. */
    public WorkspaceSettings overwrite() {
        return with(options -> options.setOverwrite(true));
    }

    /** Any setting of the workspace, kept and returned by the server as it is. */
    public WorkspaceSettings config(String key, Object value) {
        Objects.requireNonNull(key, "key");
        return with(options -> options.config(key, value));
    }

    private WorkspaceSettings with(Consumer<WorkspaceBuilder> setting) {
        return new WorkspaceSettings(settings.andThen(setting));
    }

    void applyTo(WorkspaceBuilder options) {
        settings.accept(options);
    }
}
