package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.route.ClientTable
import io.hypha.rpc.hub.route.FakeOutbox
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.route.Router
import io.hypha.rpc.hub.service.ServiceId
import io.hypha.rpc.hub.service.ServiceRegistry
import io.hypha.rpc.hub.service.entry
import io.hypha.rpc.hub.workspace.Workspaces
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration

class DirectorySpec :
    FunSpec({
        test("a service of a client that left while it was registered is forgotten, also when its setup ends with the client") {
            runTest {
                val clients = ClientTable()
                val registry = ServiceRegistry()
                val vacancies = Vacancies(backgroundScope, Duration.ZERO, clients, Workspaces())
                val directory = Directory(clients, Router(clients), registry, vacancies)
                val gone = HubClient("public", "one", UserInfo("alice"), WorkspacePermission.Admin, FakeOutbox())
                directory.register(gone, entry("public/one:a"))
                shouldThrow<CancellationException> {
                    directory.register(gone, entry("public/one:default")) { throw CancellationException("the client is gone") }
                }
                registry.find(ServiceId.parse("public/*:*", "public")).shouldBeEmpty()
            }
        }
    })
