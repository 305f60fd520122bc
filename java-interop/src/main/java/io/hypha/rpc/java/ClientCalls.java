package io.hypha.rpc.java;

import io.hypha.rpc.call.UserInfo;
import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.client.TokensKt;
import io.hypha.rpc.jvm.Suspending;
import io.hypha.rpc.jvm.TimedCalls;
import io.hypha.rpc.service.RemoteService;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.service.ServicePage;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kotlin.Unit;

/** The calls of a client, for both of its views. */
final class ClientCalls {
    private final HyphaConnection connection;

    ClientCalls(HyphaConnection connection) {
        this.connection = connection;
    }

    Suspending<RemoteService> getService(String id, LookupSettings settings) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(settings, "settings");
        return continuation -> connection.getService(
                id,
                options -> {
                    settings.applyTo(options);
                    return Unit.INSTANCE;
                },
                continuation);
    }

    Suspending<RemoteService> getServiceOf(String client, String service, LookupSettings settings) {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(settings, "settings");
        settings.requireNoChoice();
        return continuation -> connection.getServiceOf(
                client,
                service,
                options -> {
                    settings.applyTo(options);
                    return Unit.INSTANCE;
                },
                continuation);
    }

    Suspending<ServiceInfo> getServiceInfo(String id, InfoSettings settings) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(settings, "settings");
        return continuation -> TimedCalls.getServiceInfo(
                connection, id, settings.mode(), settings.selectTimeout(), settings.isManifestRead(), continuation);
    }

    Suspending<List<ServiceInfo>> listServices() {
        return continuation -> connection.listServices((Object) null, continuation);
    }

    Suspending<List<ServiceInfo>> listServices(String query) {
        Objects.requireNonNull(query, "query");
        return continuation -> connection.listServices(query, continuation);
    }

    Suspending<List<ServiceInfo>> listServices(ServiceQuery query) {
        Objects.requireNonNull(query, "query");
        return continuation -> connection.listServices(
                filter -> {
                    query.applyTo(filter);
                    return Unit.INSTANCE;
                },
                continuation);
    }

    Suspending<ServicePage> searchServices(String words, SearchSettings settings) {
        Objects.requireNonNull(settings, "settings");
        return continuation -> connection.searchServices(
                words,
                search -> {
                    settings.applyTo(search);
                    return Unit.INSTANCE;
                },
                continuation);
    }

    Suspending<ServiceInfo> registerService(ServiceDefinition service, RegisterOption... options) {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(options, "options");
        List<RegisterOption> chosen = Arrays.asList(options);
        boolean overwrites = chosen.contains(RegisterOption.OVERWRITE);
        boolean isChecked = chosen.contains(RegisterOption.CHECK_TYPE);
        return continuation -> connection.registerService(service.service(), overwrites, isChecked, continuation);
    }

    Suspending<Void> unregisterService(String id) {
        Objects.requireNonNull(id, "id");
        return done(continuation -> connection.unregisterService(id, continuation));
    }

    Suspending<Void> ping(String client, Long nanoseconds) {
        Objects.requireNonNull(client, "client");
        return done(continuation -> TimedCalls.ping(connection, client, nanoseconds, continuation));
    }

    <T> Suspending<T> echo(Object value, Type result) {
        Objects.requireNonNull(result, "result");
        List<Object> arguments = Collections.singletonList(value);
        Map<String, Object> none = Collections.emptyMap();
        return continuation ->
                connection.getManager().call("echo", Values.SHAPES.<T>nullable(result), arguments, none, continuation);
    }

    Suspending<Void> emit(String type, Object data, String to, Map<String, ?> more) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(more, "more");
        return done(continuation -> connection.emit(type, data, to, more, continuation));
    }

    Suspending<String> generateToken(TokenSettings settings) {
        Objects.requireNonNull(settings, "settings");
        return continuation -> TokensKt.generateToken(
                connection,
                options -> {
                    settings.applyTo(options);
                    return Unit.INSTANCE;
                },
                continuation);
    }

    Suspending<UserInfo> parseToken(String token) {
        Objects.requireNonNull(token, "token");
        return continuation -> TokensKt.parseToken(connection, token, continuation);
    }

    Suspending<Void> revokeToken(String token) {
        Objects.requireNonNull(token, "token");
        return done(continuation -> TokensKt.revokeToken(connection, token, continuation));
    }

    Suspending<Void> serve() {
        return done(connection::serve);
    }

    Suspending<Void> awaitClosed() {
        return done(connection::awaitClosed);
    }

    /** A call whose result nobody needs. */
    static Suspending<Void> done(Suspending<Unit> call) {
        return call.map(unit -> null);
    }
}
