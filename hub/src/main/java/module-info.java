/** The embedded hub: routes messages between Hypha clients on one machine. */
module io.hypha.rpc.hub {
    requires transitive io.hypha.rpc.core;
    requires transitive kotlin.stdlib;
    requires kotlinx.coroutines.core;
    requires kotlinx.serialization.json;
    requires io.ktor.server.core;
    requires io.ktor.server.netty;
    requires io.ktor.http;
    requires io.ktor.io;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires com.nimbusds.jose.jwt;
    requires info.picocli;
    requires org.slf4j;
    // Ktor's jars are automatic modules, which cannot ask for these themselves.
    requires kotlinx.io.core;
    requires io.netty.codec.http2;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.kqueue;

    exports io.hypha.rpc.hub;
}
