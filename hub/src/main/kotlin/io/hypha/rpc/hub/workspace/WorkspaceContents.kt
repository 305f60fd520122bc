package io.hypha.rpc.hub.workspace

/** What clients leave in a workspace. It goes with the workspace. */
internal class WorkspaceContents {
    val environment = Environment()
    val serviceTypes = ServiceTypes()
    val bookmarks = Bookmarks()
    val events = EventLog()
}
