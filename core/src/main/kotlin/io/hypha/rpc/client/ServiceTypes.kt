package io.hypha.rpc.client

import io.hypha.rpc.service.Service
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.ServiceTypeCheck
import io.hypha.rpc.service.service

/**
 * Tells the server what services of the type [id] look like; those that are registered with `checkType` are held against it. Needs the
 * permission to write in the workspace.
 *
 * @param name the name to show.
 * @param definition the members, in the form of a `service_schema` (protocol §7.3), as [HyphaConnection.getServiceSchema] makes it.
 * @throws IllegalArgumentException when the id or the definition is empty; nothing was sent.
 */
public suspend fun WorkspaceManager.registerServiceType(
    id: String,
    name: String,
    definition: Map<String, Any?>,
    description: String? = null,
    docs: String? = null,
): ServiceType {
    require(id.isNotBlank()) { "a service type needs an id" }
    require(definition.isNotEmpty()) { "the service type '$id' defines no member" }
    val type = mapOf("id" to id, "name" to name, "definition" to definition, "description" to description, "docs" to docs)
    val answer = call<Map<String, Any?>?>("register_service_type", type.filterValues { it != null })
    return ServiceType(answer ?: type)
}

/**
 * Tells the server that services of the type [id] have the members of [service], whose name, description and docs the type gets. The definition
 * also has the `id` and `name` of services, for the Python client looks for them; this library takes them for granted.
 */
public suspend fun HyphaConnection.registerServiceType(
    id: String,
    service: Service,
): ServiceType {
    val definition = mapOf("id" to mapOf("type" to "string"), "name" to mapOf("type" to "string")) + getServiceSchema(service)
    return manager.registerServiceType(id, service.name, definition, service.description, service.docs)
}

/**
 * Tells the server that services of the type [id] have the members that [build] defines, whose name, description and docs the type gets.
 * The handlers are never called, and what concerns a service that runs, such as its visibility, does not matter.
 */
public suspend fun HyphaConnection.registerServiceType(
    id: String,
    build: ServiceBuilder.() -> Unit,
): ServiceType = registerServiceType(id, service(id, build))

/**
 * The service type [id], `type` of the own workspace or `workspace/type`.
 *
 * @throws io.hypha.rpc.RemoteException when there is none, in the words of the server.
 */
public suspend fun WorkspaceManager.serviceType(id: String): ServiceType = ServiceType(call("get_service_type", id))

/** The service types of [workspace], by default of the own one. */
public suspend fun WorkspaceManager.serviceTypes(workspace: String? = null): List<ServiceType> {
    val types = if (workspace == null) call<List<Map<String, Any?>>>("list_service_types") else call("list_service_types", workspace)
    return types.map(::ServiceType)
}

/** [service] when it is of its type, with what its functions take over from the definition. */
internal suspend fun WorkspaceManager.checked(service: Service): Service {
    require(service.type != ServiceBuilder.GENERIC) { "the service '${service.id}' has no type to be checked against: set its 'type'" }
    return ServiceTypeCheck(service).adopt(serviceType(service.type).definition)
}
