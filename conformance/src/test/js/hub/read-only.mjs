// What a client with a token for reading can do, and cannot.
import { randomUUID } from "node:crypto";
import { Checks, equal, rejects } from "../peer/check.mjs";
import { during } from "../peer/during.mjs";

export const readOnly = {
  name: "hub: a read-only client",
  needs: [],
  async run({ server, connectElsewhere }) {
    const checks = new Checks();
    const info = await server.registerService({ id: "for-readers", double: (x) => 2 * x });
    const reader = await connectElsewhere({ token: await server.generateToken({ permission: "read" }) });
    await checks.part("finds and calls services", async () => {
      equal(await (await reader.getService(info.id)).double(21), 42, "double");
      equal((await reader.listServices({ service_id: "for-readers" })).length, 1, "listed");
    });
    await checks.part("changes nothing", async () => {
      await rejects(reader.registerService({ id: "mine" }), /Permission denied for workspace/, "registerService");
      await rejects(reader.echo(1), /Permission denied for workspace/, "echo");
      await rejects(reader.setEnv("KEY", "value"), /Permission denied for workspace/, "setEnv");
      await rejects(reader.getEnv(), /Permission denied for workspace/, "getEnv");
      await rejects(reader.logEvent("event"), /Permission denied for workspace/, "logEvent");
    });
    await checks.part("hears broadcasts, and sends none", async () => {
      const [type, fence] = [randomUUID(), randomUUID()];
      await Promise.all([server, reader].map((client) => client.subscribe([type, fence])));
      const heard = [];
      server.on(type, (event) => heard.push(event));
      await reader.emit({ type, to: "*", data: 1 });
      const me = `${server.config.workspace}/${server.rpc._client_id}`;
      await during(server, fence, () => reader.emit({ type: fence, to: me }));
      equal(heard, [], "broadcasts of the reader");
      const [event] = await during(reader, type, () => server.emit({ type, to: "*", data: 2 }));
      equal(event.data, 2, "what the reader heard");
    });
    await reader.disconnect();
    await server.unregisterService("for-readers");
    return checks.report();
  },
};
