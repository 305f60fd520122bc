/** Connects to Hypha servers over WebSocket with the Ktor client. */
module io.hypha.rpc.ktor {
    requires transitive io.hypha.rpc.core;
    requires transitive io.ktor.client.core;
    requires io.ktor.client.cio;
    requires io.ktor.network.tls;
    requires io.ktor.websockets;
    requires io.ktor.http;
    requires kotlinx.io.core;
    requires kotlinx.serialization.json;
    requires org.slf4j;
    requires static io.ktor.client.okhttp;
    requires static okhttp3;
    requires static okio;

    exports io.hypha.rpc.ktor;
}
