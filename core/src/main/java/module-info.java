/** The protocol engine: values, calls, services and the connection. */
module io.hypha.rpc.core {
    requires transitive kotlin.stdlib;
    requires transitive kotlinx.coroutines.core;
    requires transitive kotlinx.serialization.core;
    requires kotlinx.serialization.json;

    exports io.hypha.rpc;
}
