package io.hypha.rpc.java;

import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.jvm.TimedCalls;
import io.hypha.rpc.transport.ConnectionInfo;
import java.util.Collections;
import java.util.Map;

/** What the server said when it accepted a client (protocol §1.4). */
public final class ConnectionDetails {
    private final ConnectionInfo info;
    private final Map<String, Object> entries;

    ConnectionDetails(HyphaConnection connection) {
        info = connection.getInfo();
        entries = Collections.unmodifiableMap(TimedCalls.entriesOf(connection));
    }

    /** The workspace that was joined. */
    public String workspace() {
        return info.getWorkspace();
    }

    /** The id of the client within its workspace. */
    public String clientId() {
        return info.getClientId();
    }

    /** The id of the workspace manager, or {@code null}. */
    public String managerId() {
        return info.getManagerId();
    }

    /** The server's version, or {@code null}. */
    public String serverVersion() {
        return info.getServerVersion();
    }

    /** The address under which everybody reaches the server, or {@code null}. */
    public String publicBaseUrl() {
        return info.getPublicBaseUrl();
    }

    /** The address of the server on its own machine, or {@code null}. */
    public String localBaseUrl() {
        return info.getLocalBaseUrl();
    }

    /** A message of the operator to the users, or {@code null}. */
    public String announcement() {
        return info.getAnnouncement();
    }

    /** Messages a second that the server takes from one client; 0 for any number, {@code null} when it did not say. */
    public Double messageRate() {
        return info.getMessageRate();
    }

    /** Messages that a client may send at once; 0 for any number, {@code null} when the server did not say. */
    public Double messageBurst() {
        return info.getMessageBurst();
    }

    /** Everything that the server said, but for the token to come back with. */
    public Map<String, Object> entries() {
        return entries;
    }

    @Override
    public String toString() {
        return "ConnectionDetails(" + workspace() + "/" + clientId() + ")";
    }
}
