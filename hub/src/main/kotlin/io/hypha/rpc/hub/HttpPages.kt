package io.hypha.rpc.hub

import io.ktor.http.ContentType
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.Application
import io.ktor.server.response.respondText
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import io.ktor.server.routing.routing

/** What the hub answers to plain HTTP requests; [extend] adds to it. */
internal fun Application.httpPages(extend: Route.() -> Unit = {}) {
    routing {
        extend()
        get("/") {
            call.respondText("This is a Hypha hub. Clients connect to it with a Hypha client library, at this address.\n")
        }
        get("/health") {
            call.respondText("""{"status":"ok"}""", ContentType.Application.Json)
        }
        get("/ws") {
            call.respondText("This address is for WebSocket connections.\n", status = HttpStatusCode.UpgradeRequired)
        }
    }
}
