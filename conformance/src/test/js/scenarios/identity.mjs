// Client ids, tokens and workspaces.
import { Checks, check, equal, rejects } from "../peer/check.mjs";

export const identity = {
  name: "identity",
  needs: ["echo"],
  async run({ server, service, connectBeside, connectElsewhere }) {
    const checks = new Checks();
    await checks.part("an id in use is refused, its owner unharmed", async () => {
      await rejects(
        connectBeside({ clientId: server.rpc._client_id }),
        /^ConnectionAbortedError: .*already exists/,
        "connecting",
      );
      equal(await service.echo("still here"), "still here", "echo");
      equal(await server.echo("still here"), "still here", "echo of the manager");
    });
    await checks.part("a token opens the workspace", async () => {
      const guest = await connectBeside();
      equal(guest.config.workspace, server.config.workspace, "workspace");
      equal(await (await guest.getService(service.id)).echo("guest"), "guest", "echo");
      await guest.disconnect();
    });
    await checks.part("without one there is another workspace", async () => {
      const stranger = await connectElsewhere();
      check(stranger.config.workspace !== server.config.workspace, "the stranger is in our workspace");
      equal(await (await stranger.getService(service.id)).echo("stranger"), "stranger", "echo of a public service");
      await stranger.disconnect();
    });
    return checks.report();
  },
};
