/** Puts the metrics of Hypha connections into a Micrometer registry. */
module io.hypha.rpc.micrometer {
    requires transitive io.hypha.rpc.core;
    requires transitive micrometer.core;

    exports io.hypha.rpc.micrometer;
}
