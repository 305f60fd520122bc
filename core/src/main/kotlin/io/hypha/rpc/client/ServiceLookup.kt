package io.hypha.rpc.client

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.call.FollowedService
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.SelectionMode
import io.hypha.rpc.service.ServiceFilter
import io.hypha.rpc.service.ServiceId
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.ServicePage
import io.hypha.rpc.service.ServiceSearch
import io.hypha.rpc.value.shape
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.DurationUnit

/** Finds services, through the server or at their provider. What is asked for is looked at before anything is sent. */
internal class ServiceLookup(
    private val client: Client,
) {
    private val tree = shape<Map<String, Any?>>()

    /** Through the server (protocol §7.6). */
    suspend fun get(
        id: String,
        options: GetServiceOptions,
    ): RemoteService {
        ServiceId.parse(id)
        options.requireValid()
        val config = options.toConfig()
        val kwargs = if (config.isEmpty()) emptyMap() else mapOf("config" to config)
        val limit = options.timeout?.let { it + (options.selectTimeout ?: SelectTimeout) }
        return handle(options.follow) { within(limit, id) { client.manager.call("get_service", tree, listOf(id), kwargs) } }
    }

    /** At the client that has it, without the server's registry. */
    suspend fun getOf(
        provider: String,
        service: String,
        options: LookupOptions,
    ): RemoteService {
        require(provider.count { it == '/' } <= 1 && provider.split('/').none(String::isEmpty)) {
            "'$provider' names no client; it must be like client or workspace/client"
        }
        require(service.isNotEmpty()) { "the id of the service is empty" }
        options.requireValid()
        val conversion = options.caseConversion
        return handle(options.follow) {
            val found = within(options.timeout, service) { client.callBuiltIn(provider, "get_service", tree, service) }
            conversion?.convert(found) ?: found
        }
    }

    private suspend fun handle(
        follows: Boolean,
        lookUp: suspend () -> Map<String, Any?>,
    ): RemoteService {
        if (!follows) return RemoteService(lookUp())
        val followed = FollowedService.find(client.endpoint.scope, lookUp)
        return RemoteService(followed.edition.entries, followed)
    }

    private suspend fun <R : Any> within(
        limit: Duration?,
        id: String,
        action: suspend () -> R,
    ): R {
        if (limit == null) return action()
        return withTimeoutOrNull(limit) { action() }
            ?: throw CallTimeoutException(
                "the service $id was not found within $limit: neither the server nor the provider answered in time",
            )
    }

    suspend fun info(
        id: String,
        mode: SelectionMode?,
        selectTimeout: Duration?,
        readAppManifest: Boolean,
    ): ServiceInfo {
        ServiceId.parse(id)
        require(selectTimeout == null || (selectTimeout.isPositive() && selectTimeout.isFinite())) {
            "selectTimeout must be a time longer than nothing, not $selectTimeout"
        }
        val config =
            buildMap<String, Any?> {
                mode?.let { put("mode", it.word) }
                selectTimeout?.let { put("select_timeout", it.toDouble(DurationUnit.SECONDS)) }
                if (readAppManifest) put("read_app_manifest", true)
            }
        val kwargs = if (config.isEmpty()) emptyMap() else mapOf("config" to config)
        return ServiceInfo(client.manager.call("get_service_info", tree, listOf(id), kwargs))
    }

    suspend fun list(query: Any?): List<ServiceInfo> {
        ServiceFilter.requireQuery(query)
        return list(if (query == null) emptyList() else listOf(query), emptyMap())
    }

    suspend fun list(filter: ServiceFilter): List<ServiceInfo> = list(listOf(filter.toQuery()), filter.toFlags())

    private suspend fun list(
        args: List<Any?>,
        flags: Map<String, Any?>,
    ): List<ServiceInfo> = client.manager.call("list_services", shape<List<Map<String, Any?>>>(), args, flags).map(::ServiceInfo)

    suspend fun search(
        query: String?,
        search: ServiceSearch,
    ): ServicePage {
        val answer = client.manager.call("search_services", shape<Any?>(), emptyList(), search.toKeywords(query))
        return ServicePage.of(answer, search.offset)
    }

    private companion object {
        /** What the server takes when it is told nothing (protocol §7.6). */
        val SelectTimeout = 2.seconds
    }
}
