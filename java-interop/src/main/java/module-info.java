/** Hypha RPC for plain Java. */
module io.hypha.rpc.java {
    requires transitive io.hypha.rpc.core;
    requires transitive io.hypha.rpc.ktor;

    exports io.hypha.rpc.java;
}
