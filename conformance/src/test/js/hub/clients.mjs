// Who is there: list, ping, summary, clean-up.
import { randomUUID } from "node:crypto";
import { check, Checks, equal, rejects } from "../peer/check.mjs";
import { during } from "../peer/during.mjs";

export const clients = {
  name: "hub: clients",
  needs: [],
  async run({ server, connectBeside, connectElsewhere }) {
    const checks = new Checks();
    const { workspace } = server.config;
    const clientId = `neighbour-${randomUUID()}`;
    const neighbour = await connectBeside({ clientId });
    const stranger = await connectElsewhere();
    await checks.part("listed with their users", async () => {
      const listed = await server.listClients();
      equal(listed.find((client) => client.id === `${workspace}/${clientId}`)?.user.parent, server.config.user.id, "user");
      check(listed.some((client) => client.id === `${workspace}/${server.rpc._client_id}`), "the caller is not listed");
      await rejects(stranger.listClients(workspace), /Permission denied for workspace/, "by a stranger");
    });
    await checks.part("pinged", async () => {
      equal(await server.ping(clientId), "pong", "by its id");
      equal(await server.ping(`${workspace}/${clientId}`, 2), "pong", "by its address");
      check((await server.ping("nobody")).startsWith("Failed to ping client"), "nobody is there");
      check((await stranger.ping(`${workspace}/${clientId}`)).includes("Permission denied"), "by a stranger");
    });
    await checks.part("summed up", async () => {
      const summary = await server.getSummary();
      check(summary.clients.includes(`${workspace}/${clientId}`), `clients: ${summary.clients}`);
      equal(summary.client_count, summary.clients.length, "client_count");
      equal(summary.service_count, summary.services.length, "service_count");
      check(summary.services.every((service) => service.id && service.config), "services");
    });
    await checks.part("kept by a clean-up as long as they live", async () => {
      equal(await server.cleanup(), {}, "cleanup");
      equal(await server.ping(clientId), "pong", "afterwards");
    });
    await checks.part("forgotten when they go, with their services", async () => {
      await neighbour.registerService({ id: "borrowed", config: { visibility: "public" }, hello: () => 1 });
      await server.subscribe("client_disconnected");
      await during(
        server,
        "client_disconnected",
        () => neighbour.disconnect(),
        (event) => event.data.id === clientId,
      );
      await rejects(server.getService("borrowed"), /Service not found/, "getService");
      check(!(await server.listClients()).some((client) => client.id.endsWith(clientId)), "it is still listed");
    });
    await stranger.disconnect();
    return checks.report();
  },
};
