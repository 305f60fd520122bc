// Events: local, from client to client, to all subscribers, and those of the hub.
import { randomUUID } from "node:crypto";
import { check, Checks, equal } from "../peer/check.mjs";
import { during } from "../peer/during.mjs";

export const events = {
  name: "events",
  needs: ["emitEvent"],
  async run({ server, service, connectBeside }) {
    const checks = new Checks();
    const me = `${server.config.workspace}/${server.rpc._client_id}`;
    const provider = service.id.split(":")[0];
    await checks.part("local", async () => {
      const type = randomUUID();
      const [event] = await during(server, type, () => server.emit({ type, data: 1 }));
      equal(event.data, 1, "data");
    });
    await checks.part("to one client, without a subscription", async () => {
      const type = randomUUID();
      const [event] = await during(server, type, () =>
        service.emitEvent(type, me, { spores: [1, new Uint8Array([2])] }),
      );
      equal(event.data, { spores: [1, new Uint8Array([2])] }, "data");
      equal([event.from, event.ws], [provider, server.config.workspace], "stamped by the hub");
    });
    await checks.part("to all who subscribed", async () => {
      const type = randomUUID();
      await server.subscribe(type);
      const [event] = await during(server, type, () => service.emitEvent(type, "*", "to all"));
      equal([event.data, event.from, event.to], ["to all", provider, `${server.config.workspace}/*`], "the event");
      const [own] = await during(server, type, () => server.emit({ type, to: "*", data: "own" }, { more: 2 }));
      equal([own.data, own.more, own.from], ["own", 2, me], "our own broadcast");
    });
    await checks.part("to all, but we did not subscribe", async () => {
      const [unheard, fence] = [randomUUID(), randomUUID()];
      const heard = [];
      server.on(unheard, (event) => heard.push(event));
      await service.emitEvent(unheard, "*", 1);
      // Messages of one client keep their order: after this one the other would have been here.
      await during(server, fence, () => service.emitEvent(fence, me, 2));
      equal(heard, [], "events that we did not subscribe to");
    });
    await checks.part("unsubscribed again", async () => {
      const [type, fence] = [randomUUID(), randomUUID()];
      await server.subscribe(type);
      await server.unsubscribe(type);
      const heard = [];
      server.on(type, (event) => heard.push(event));
      await service.emitEvent(type, "*", 1);
      await during(server, fence, () => service.emitEvent(fence, me, 2));
      equal(heard, [], "events after unsubscribe");
    });
    await checks.part("once", async () => {
      const type = randomUUID();
      const heard = [];
      server.once(type, (event) => heard.push(event.data));
      server.emit({ type, data: 1 });
      server.emit({ type, data: 2 });
      equal(heard, [1], "heard");
    });
    await checks.part("of the hub", () => hubEvents(server, connectBeside));
    return checks.report();
  },
};

async function hubEvents(server, connectBeside) {
  await server.subscribe(["client_connected", "client_disconnected", "service_added", "service_removed"]);
  const id = `visitor-${randomUUID()}`;
  const isVisitor = (event) => event.data.id === id || event.data.id.endsWith(`/${id}`);
  let visitor;
  const [connected] = await during(
    server,
    "client_connected",
    async () => (visitor = await connectBeside({ clientId: id })),
    isVisitor,
  );
  equal(connected.data.workspace, server.config.workspace, "workspace of client_connected");
  const added = await during(
    server,
    "service_added",
    () => visitor.registerService({ id: "brief", hello: () => 1 }),
    (event) => event.data.id.endsWith(":brief"),
  );
  check(added[0].data.service_schema.hello, "service_added carries no schema");
  await during(
    server,
    "service_removed",
    () => visitor.unregisterService("brief"),
    (event) => event.data.id.endsWith(":brief"),
  );
  const gone = await during(server, "client_disconnected", () => visitor.disconnect(), isVisitor);
  equal(gone[0].data.workspace, server.config.workspace, "workspace of client_disconnected");
  await server.unsubscribe(["client_connected", "service_added", "service_removed"]);
}
