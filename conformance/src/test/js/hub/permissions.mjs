// Who may find, get and call what: visibility, workspace and invitation.
import { randomUUID } from "node:crypto";
import { Checks, equal, rejects } from "../peer/check.mjs";

export const permissions = {
  name: "hub: permissions",
  needs: [],
  async run({ server, connectBeside, connectElsewhere }) {
    const checks = new Checks();
    const lab = `lab-${randomUUID()}`;
    await server.createWorkspace({ id: lab });
    const who = {
      insider: await connectBeside(),
      guest: await connectElsewhere({ token: await server.generateToken({ workspace: lab }) }),
      stranger: await connectElsewhere(),
    };
    const services = {
      public: { config: { visibility: "public" }, open: ["insider", "guest", "stranger"], shown: ["insider", "guest", "stranger"] },
      unlisted: { config: { visibility: "unlisted" }, open: ["insider", "guest", "stranger"], shown: [] },
      protected: { config: { visibility: "protected" }, open: ["insider"], shown: ["insider"] },
      default: { config: {}, open: ["insider"], shown: ["insider"] },
      invited: {
        config: { visibility: "protected", authorized_workspaces: [lab] },
        open: ["insider", "guest"],
        shown: ["insider", "guest"],
      },
      "nobody-else": { config: { visibility: "protected", authorized_workspaces: [] }, open: ["insider"], shown: ["insider"] },
    };
    for (const [name, { config, open, shown }] of Object.entries(services)) {
      const info = await server.registerService({ id: `room-${name}`, config, enter: () => name });
      for (const [caller, client] of Object.entries(who)) {
        await checks.part(`${name}: ${caller}`, async () => {
          const direct = client.rpc._generate_remote_method({
            _rtarget: info.id.split(":")[0],
            _rmethod: `services.room-${name}.enter`,
            _rpromise: "*",
          });
          if (open.includes(caller)) {
            equal(await (await client.getService(info.id)).enter(), name, "got and called");
            equal(await direct(), name, "called directly");
          } else {
            await rejects(client.getService(info.id), /Permission denied for non-public service in workspace/, "got");
            await rejects(client.getServiceInfo(info.id), /Permission denied for non-public service/, "described");
            await rejects(direct(), /Permission denied for invoking protected method/, "called directly");
          }
          const listed = await client.listServices({ workspace: server.config.workspace, service_id: `room-${name}` });
          equal(listed.length, shown.includes(caller) ? 1 : 0, "listed");
          const guests = listed[0]?.config.authorized_workspaces;
          if (caller === "guest") equal(guests ?? null, null, "who else is invited");
        });
      }
      await server.unregisterService(`room-${name}`);
    }
    await checks.part("an invitation needs a protected service and a list of texts", async () => {
      // The client refuses some of it itself; the hub must not rely on that.
      const manager = await server.getService("~");
      const configs = [
        [{ visibility: "public", authorized_workspaces: [lab] }, /authorized_workspaces can only be set/],
        [{ authorized_workspaces: "everybody" }, /authorized_workspaces must be a list/],
        [{ visibility: "secret" }, /Invalid visibility: secret/],
      ];
      for (const [config, problem] of configs) {
        const id = `${server.config.workspace}/${server.rpc._client_id}:room-x`;
        await rejects(manager.register_service({ id, config }), problem, JSON.stringify(config));
      }
    });
    for (const client of Object.values(who)) await client.disconnect();
    await server.deleteWorkspace(lab);
    return checks.report();
  },
};
