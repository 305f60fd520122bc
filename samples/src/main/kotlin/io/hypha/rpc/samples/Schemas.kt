package io.hypha.rpc.samples

import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.Description
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.tools
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** A service whose functions a language model can call, with a hub of its own. */
object Schemas {
    @JvmStatic
    fun main(args: Array<String>) {
        HyphaHub.start().use { hub ->
            runBlocking {
                connectToServer(hub.url).use { provider ->
                    connectToServer(hub.url).use { caller -> answer(caller.getService(offer(provider).id)) }
                }
            }
        }
    }

    // tag::schemas-offer[]
    @Serializable
    @Description("A place on the map")
    class Place(
        @Description("The name of the city") val city: String,
        @Description("Two letters, such as CH") val country: String? = null,
    )

    suspend fun offer(server: HyphaConnection): ServiceInfo =
        server.registerService("weather") {
            visibility = Visibility.Public
            function(
                "forecast",
                param("place"),
                param("days", "How far ahead", default = 1),
                description = "The temperatures to come, in °C",
            ) { place: Place, days: Int -> List(days) { day -> place.city.length + day } }
        }
    // end::schemas-offer[]

    // tag::schemas-call[]
    suspend fun answer(weather: RemoteService) {
        val tools = weather.tools()
        println("to the model    ${tools.definitions}")

        // What a model answers when somebody asks how warm it will be in Bern tomorrow.
        val answer = """{"name": "forecast", "arguments": "{\"place\": {\"city\": \"Bern\"}, \"days\": 2}"}"""
        val call = Json.parseToJsonElement(answer).jsonObject.mapValues { it.value.jsonPrimitive.content }
        println("from the model  ${call["name"]} ${call["arguments"]}")

        val result = tools.run(call.getValue("name"), call.getValue("arguments"))
        println("back to it      $result")
    }
    // end::schemas-call[]
}
