package io.hypha.rpc.hub.manager

import io.hypha.rpc.hub.route.ClientTable
import io.hypha.rpc.hub.workspace.Workspaces
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import java.util.concurrent.ConcurrentHashMap
import kotlin.time.Duration

/**
 * Removes temporary workspaces in which nobody is any more. Nobody can hear of it: events of a workspace are for those who are in it.
 *
 * @param grace how long the last client may be away: a lost connection must not cost it its workspace.
 */
internal class Vacancies(
    private val scope: CoroutineScope,
    private val grace: Duration,
    private val clients: ClientTable,
    private val workspaces: Workspaces,
) {
    private val pending = ConcurrentHashMap<String, Job>()

    /** Somebody has left [workspace]. */
    fun left(workspace: String) {
        if (!isVacant(workspace) || !workspaces.isTemporary(workspace)) return
        val ending = workspaces.created(workspace)
        val job =
            scope.launch(start = CoroutineStart.LAZY) {
                delay(grace)
                // Whoever joins stands in the table before it looks whether the workspace is still there.
                if (isVacant(workspace)) workspaces.deleteIfStill(workspace, ending)
            }
        pending.put(workspace, job)?.cancel()
        job.invokeOnCompletion { pending.remove(workspace, job) }
        job.start()
    }

    private fun isVacant(workspace: String): Boolean = clients.inWorkspace(workspace).isEmpty()
}
