// What the hub keeps for a workspace: environment, event log and service types.
import { randomUUID } from "node:crypto";
import { check, Checks, equal, rejects } from "../peer/check.mjs";

export const environment = {
  name: "hub: environment",
  needs: [],
  async run({ server, connectBeside }) {
    const checks = new Checks();
    const other = await connectBeside();
    await checks.part("one client sets, another one reads, until it is removed", async () => {
      await server.setEnv("SHAPE", "round");
      equal(await other.getEnv("SHAPE"), "round", "getEnv");
      equal((await other.getEnv()).SHAPE, "round", "all of it");
      await other.setEnv("SHAPE", null);
      await rejects(server.getEnv("SHAPE"), /Environment variable 'SHAPE' not found/, "after removal");
    });
    await other.disconnect();
    return checks.report();
  },
};

export const eventLog = {
  name: "hub: event log",
  needs: [],
  async run({ server, connectBeside }) {
    const checks = new Checks();
    const type = randomUUID();
    const other = await connectBeside();
    await checks.part("kept, returned and counted", async () => {
      await server.logEvent(type, { epoch: 1 });
      await server.logEvent(type, { epoch: 2 });
      await server.log("a message");
      const events = await server.getEvents(type);
      equal(events.map((event) => event.data.epoch), [1, 2], "data");
      equal([events[0].workspace, events[0].user_id], [server.config.workspace, server.config.user.id], "whose it is");
      check(!Number.isNaN(Date.parse(events[0].timestamp)), `timestamp: ${events[0].timestamp}`);
      const count = (await server.getEventStats()).find((row) => row.event_type === type)?.count;
      equal(count, 2, "count");
      equal((await server.getEvents("log")).at(-1).data, "a message", "log");
    });
    await checks.part("by time", async () => {
      equal((await server.getEvents(type, "2020-01-01T00:00:00", null)).length, 2, "since then");
      equal(await server.getEvents(type, null, "2020-01-01T00:00:00"), [], "until then");
    });
    await checks.part("not for others, and not with blanks", async () => {
      equal(await other.getEvents(type), [], "events of another user");
      await rejects(server.logEvent("two words"), /must not contain spaces/, "two words");
    });
    await other.disconnect();
    return checks.report();
  },
};

export const serviceTypes = {
  name: "hub: service types",
  needs: [],
  async run({ server, connectBeside, connectElsewhere }) {
    const checks = new Checks();
    const id = `type-${randomUUID()}`;
    const full = `${server.config.workspace}/${id}`;
    const definition = { run: { type: "function", function: { name: "run", parameters: { type: "object" } } } };
    const other = await connectBeside();
    const stranger = await connectElsewhere();
    await checks.part("registered by one client, read by another", async () => {
      const registered = await server.registerServiceType({ id, name: "Runner", definition });
      equal([registered.id, registered.definition], [id, definition], "answer");
      for (const query of [id, full]) {
        const type = await other.getServiceType(query);
        equal([type.id, type.name, type.definition], [full, "Runner", definition], query);
      }
      check((await other.listServiceTypes()).some((type) => type.id === id), "it is not listed");
    });
    await checks.part("not twice, not for strangers, not in their workspace", async () => {
      await rejects(server.registerServiceType({ id, name: "Runner", definition }), /Service type already exists/, "twice");
      await rejects(stranger.getServiceType(full), /Permission denied for workspace/, "getServiceType");
      await rejects(
        stranger.registerServiceType({ id: full, name: "Runner", definition }),
        /you can only register service type in your own workspace/,
        "registerServiceType",
      );
      await rejects(server.getServiceType("nothing"), /Service type not found: nothing/, "an unknown one");
    });
    await other.disconnect();
    await stranger.disconnect();
    return checks.report();
  },
};
