// Events between two clients, and those of the hub.
import { randomUUID } from "node:crypto";
import { Checks, equal, rejects } from "../peer/check.mjs";
import { during } from "../peer/during.mjs";

const addressOf = (client) => `${client.config.workspace}/${client.rpc._client_id}`;

export const broadcasts = {
  name: "hub: broadcasts and events for one client",
  needs: [],
  async run({ server, connectBeside, connectElsewhere }) {
    const checks = new Checks();
    const other = await connectBeside();
    const stranger = await connectElsewhere();
    await checks.part("a broadcast reaches who subscribed to it", async () => {
      const type = randomUUID();
      equal(await server.subscribe(type), true, "answer of subscribe");
      const [event] = await during(server, type, () => other.emit({ type, to: "*", data: { n: 1 } }));
      equal([event.data, event.from, event.ws], [{ n: 1 }, addressOf(other), server.config.workspace], "the event");
    });
    await checks.part("and nobody else, neither here nor in another workspace", async () => {
      const [type, fence] = [randomUUID(), randomUUID()];
      await stranger.subscribe(type);
      const heard = [];
      for (const client of [server, stranger]) client.on(type, () => heard.push(addressOf(client)));
      await other.emit({ type, to: "*" });
      for (const client of [server, stranger])
        await during(client, fence, () => other.emit({ type: fence, to: addressOf(client) }));
      equal(heard, [], "who heard it");
    });
    await checks.part("until it unsubscribes", async () => {
      const [type, fence] = [randomUUID(), randomUUID()];
      await server.subscribe([type, fence]);
      equal(await server.unsubscribe(type), true, "answer of unsubscribe");
      const heard = [];
      server.on(type, (event) => heard.push(event));
      await other.emit({ type, to: "*" });
      await during(server, fence, () => other.emit({ type: fence, to: "*" }));
      equal(heard, [], "events after unsubscribe");
    });
    await checks.part("another workspace cannot be listened to", async () => {
      const theirs = stranger.config.workspace;
      for (const type of [`${theirs}/news`, theirs, `${theirs}:news`])
        await rejects(server.subscribe(type), /Subscription to event '.*' is forbidden/, type);
      await server.subscribe(`${server.config.workspace}/news`);
    });
    await checks.part("events of the hub cannot be forged", async () => {
      const fence = randomUUID();
      await server.subscribe("service_added");
      const heard = [];
      const handler = (event) => heard.push(event.data);
      server.on("service_added", handler);
      await other.emit({ type: "service_added", to: "*", data: { id: "forged" } });
      await other.emit({ type: "service_added", to: addressOf(server), data: { id: "forged" } });
      await during(server, fence, () => other.emit({ type: fence, to: addressOf(server) }));
      server.off("service_added", handler);
      equal(heard, [], "forged events");
    });
    await stranger.disconnect();
    await other.disconnect();
    return checks.report();
  },
};

export const systemEvents = {
  name: "hub: events of the hub",
  needs: [],
  async run({ server, connectBeside }) {
    const checks = new Checks();
    await server.subscribe(["client_connected", "client_updated", "client_disconnected", "workspace_changed"]);
    await server.subscribe(["service_added", "service_removed", "workspace_loaded", "workspace_deleted"]);
    const clientId = `visitor-${randomUUID()}`;
    const id = `${server.config.workspace}/${clientId}`;
    const ofService = (event) => event.data.id === `${id}:brief`;
    let visitor;
    await checks.part("a client comes", async () => {
      const [event] = await during(
        server,
        "client_connected",
        async () => (visitor = await connectBeside({ clientId })),
        (candidate) => candidate.data.id === id,
      );
      equal([event.data.workspace, event.from], [server.config.workspace, undefined], "workspace, and no sender");
    });
    await checks.part("its service is added, replaced and removed", async () => {
      const [added] = await during(
        server,
        "service_added",
        () => visitor.registerService({ id: "brief", type: "one", hello: () => 1 }),
        ofService,
      );
      equal([added.data.type, Object.keys(added.data.service_schema)], ["one", ["hello"]], "added");
      const order = [];
      const note = (event) => ofService(event) && order.push(`${event.type} ${event.data.type}`);
      for (const type of ["service_added", "service_removed"]) server.on(type, note);
      await during(
        server,
        "service_added",
        () => visitor.registerService({ id: "brief", type: "two" }, { overwrite: true }),
        ofService,
      );
      await during(server, "service_removed", () => visitor.unregisterService("brief"), ofService);
      for (const type of ["service_added", "service_removed"]) server.off(type, note);
      equal(order, ["service_removed one", "service_added two", "service_removed two"], "order");
    });
    await checks.part("a client goes", async () => {
      const [event] = await during(
        server,
        "client_disconnected",
        () => visitor.disconnect(),
        (candidate) => candidate.data.id === clientId,
      );
      equal(event.data.workspace, server.config.workspace, "workspace");
    });
    await checks.part("workspaces change, come and go", async () => {
      const name = `lab-${randomUUID()}`;
      const [changed] = await during(server, "workspace_changed", () => server.setEnv("COLOUR", "red"));
      equal(changed.data.id, server.config.workspace, "changed");
      await server.setEnv("COLOUR", null);
      const mine = (event) => event.data.id === name;
      await during(server, "workspace_loaded", () => server.createWorkspace({ id: name }), mine);
      await during(server, "workspace_deleted", () => server.deleteWorkspace(name), mine);
    });
    await server.unsubscribe(["client_connected", "client_updated", "service_added", "service_removed"]);
    return checks.report();
  },
};
