/** The protocol engine: values, calls, services and the connection. */
module io.hypha.rpc.core {
    requires transitive kotlin.stdlib;
    requires transitive kotlinx.coroutines.core;
    requires transitive kotlinx.serialization.core;
    requires kotlinx.serialization.json;
    requires kotlin.metadata.jvm;

    exports io.hypha.rpc;
    exports io.hypha.rpc.call;
    exports io.hypha.rpc.client;
    exports io.hypha.rpc.connection;
    exports io.hypha.rpc.jvm;
    exports io.hypha.rpc.metrics;
    exports io.hypha.rpc.service;
    exports io.hypha.rpc.transport;
    exports io.hypha.rpc.value;
    exports io.hypha.rpc.wire;
}
