package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.route.ClientTable
import io.hypha.rpc.hub.route.FakeOutbox
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.workspace.Workspace
import io.hypha.rpc.hub.workspace.Workspaces
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.seconds

class VacanciesSpec :
    FunSpec({
        val alice = UserInfo("alice")

        class Scene(
            scope: TestScope,
            persistent: Boolean = false,
        ) {
            val clients = ClientTable()
            val workspaces = Workspaces().apply { create(Workspace("lab-1", persistent = persistent), UserInfo.Root, overwrite = false) }
            val vacancies = Vacancies(scope.backgroundScope, 60.seconds, clients, workspaces)
            val isThere: Boolean get() = workspaces.isCreated("lab-1")

            fun join(id: String) = HubClient("lab-1", id, alice, WorkspacePermission.Admin, FakeOutbox()).also { clients.addIfFree(it) }

            fun leave(client: HubClient) {
                clients.remove(client)
                vacancies.left("lab-1")
            }
        }

        @OptIn(ExperimentalCoroutinesApi::class)
        fun TestScope.pass(seconds: Int) {
            advanceTimeBy(seconds.seconds)
            runCurrent()
        }

        test("a temporary workspace ends when its last client has been away for long enough") {
            runTest {
                val scene = Scene(this)
                val (one, two) = listOf(scene.join("one"), scene.join("two"))
                scene.leave(one)
                pass(100)
                scene.isThere shouldBe true
                scene.leave(two)
                pass(59)
                scene.isThere shouldBe true
                pass(1)
                scene.isThere shouldBe false
            }
        }

        test("it stays when somebody comes back in time, and the time then begins anew") {
            runTest {
                val scene = Scene(this)
                scene.leave(scene.join("one"))
                pass(40)
                val back = scene.join("one")
                pass(100)
                scene.leave(back)
                pass(40)
                scene.leave(scene.join("one"))
                pass(59)
                scene.isThere shouldBe true
                pass(1)
                scene.isThere shouldBe false
            }
        }

        test("a workspace that took the place of the one that is to end stays") {
            for (isPersistent in listOf(true, false)) {
                runTest {
                    val scene = Scene(this)
                    scene.leave(scene.join("one"))
                    pass(30)
                    scene.workspaces.create(Workspace("lab-1", persistent = isPersistent), UserInfo.Root, overwrite = true)
                    pass(1000)
                    scene.isThere shouldBe true
                }
            }
        }

        test("a persistent workspace stays") {
            runTest {
                val scene = Scene(this, persistent = true)
                scene.leave(scene.join("one"))
                pass(1000)
                scene.isThere shouldBe true
            }
        }
    })
