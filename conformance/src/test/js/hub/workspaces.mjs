// Workspaces: made, joined, listed, described and deleted.
import { randomUUID } from "node:crypto";
import { check, Checks, equal, rejects } from "../peer/check.mjs";

export const workspaces = {
  name: "hub: workspaces",
  needs: [],
  async run({ server, connectElsewhere }) {
    const checks = new Checks();
    const id = `lab-${randomUUID()}`;
    const me = server.config.user.id;
    await checks.part("made", async () => {
      const info = await server.createWorkspace({ id, description: "For tests", persistent: true, owners: ["ada@example.org"] });
      equal([info.type, info.id, info.description, info.persistent], ["workspace", id, "For tests", true], "info");
      equal(info.owners, ["ada@example.org", me], "owners");
      await rejects(server.createWorkspace({ id }), new RegExp(`Workspace already exists: ${id}`), "twice");
      const again = await server.createWorkspace({ id, description: "Again", persistent: true }, true);
      equal(again.description, "Again", "in the place of the old one");
    });
    await checks.part("joined with a token, and apart from others", async () => {
      const token = await server.generateToken({ workspace: id, permission: "admin" });
      const member = await connectElsewhere({ token, workspace: id });
      equal(member.config.workspace, id, "workspace");
      await member.registerService({ id: "inside", hello: () => "hello" });
      equal((await member.getWorkspaceInfo()).id, id, "info from inside");
      equal((await member.checkStatus()).status, "ready", "status");
      await rejects(member.listClients(server.config.workspace), /Permission denied for workspace/, "looking outside");
      const anonymous = await connectElsewhere();
      await rejects(anonymous.getService(`${id}/inside`), /Permission denied for non-public service/, "from outside");
      await rejects(anonymous.createWorkspace({ id: `${id}-2` }), /Only registered user can create workspace/, "anonymous");
      await anonymous.disconnect();
      await member.disconnect();
    });
    await checks.part("listed", async () => {
      const ids = (await server.listWorkspaces()).map((workspace) => workspace.id);
      check(ids.includes(id) && ids.includes(server.config.workspace), `list: ${ids}`);
      equal((await server.listWorkspaces({ id })).map((workspace) => workspace.description), ["Again"], "by a field");
      equal((await server.listWorkspaces(null, 0, 1)).length, 1, "at most one");
      await rejects(server.listWorkspaces(null, 0, 257), /Limit must be/, "too many");
    });
    await checks.part("marked by its maker", async () => {
      const marks = async () => ((await server.getWorkspaceInfo()).config.bookmarks ?? []).map((mark) => mark.id);
      check((await marks()).includes(id), "it is not marked");
      await server.unbookmark({ bookmark_type: "workspace", id });
      check(!(await marks()).includes(id), "it is still marked");
      await server.bookmark({ bookmark_type: "workspace", id });
      check((await marks()).includes(id), "it is not marked again");
    });
    await checks.part("deleted", async () => {
      const token = await server.generateToken({ workspace: id });
      await server.deleteWorkspace(id);
      equal(await server.listWorkspaces({ id }), [], "list");
      await rejects(connectElsewhere({ token, workspace: id }), /does not exist or is not accessible/, "connect");
      await rejects(server.getWorkspaceInfo(id), /Permission denied for workspace|Workspace not found/, "info");
    });
    await checks.part("names are checked", async () => {
      await rejects(server.createWorkspace({ id: "lab" }), /at least one hyphen/, "no hyphen");
      await rejects(server.createWorkspace({ id: "Lab-1" }), /only lowercase letters/, "a capital");
      await rejects(server.createWorkspace({ id: "ws-user-somebody" }), /reserved/, "somebody's own");
    });
    return checks.report();
  },
};
