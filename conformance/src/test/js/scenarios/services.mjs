// Finding, listing, registering and removing services.
import { check, Checks, equal, rejects } from "../peer/check.mjs";

export const services = {
  name: "services",
  needs: ["add", "math.mul"],
  async run({ server, service }) {
    const checks = new Checks();
    const [owner, plainId] = service.id.split(":");
    await checks.part("every form of the id", async () => {
      for (const id of [
        service.id,
        `${owner.split("/")[1]}:${plainId}`,
        plainId,
        `${server.config.workspace}/${plainId}`,
        `${service.id}@*`,
      ]) {
        const found = await server.getService(id);
        equal([found.id, await found.add(1, 2)], [service.id, 3], `getService("${id}")`);
      }
    });
    await checks.part("directly from its owner", async () => {
      const found = await server.rpc.get_remote_service(service.id);
      equal(await found.math.mul(2, 5), 10, "math.mul");
    });
    await checks.part("config", async () => {
      equal(
        [service.config.visibility, service.config.workspace],
        ["public", server.config.workspace],
        "visibility and workspace",
      );
      check(
        service.config.url?.endsWith(`/${server.config.workspace}/services/${owner.split("/")[1]}:${plainId}`),
        `url: ${service.config.url}`,
      );
    });
    await checks.part("listed with its schema", async () => {
      const listed = (await server.listServices()).find((info) => info.id === service.id);
      check(listed, `${service.id} is not in the list`);
      equal(listed.service_schema.add.type, "function", "type of add");
      check("mul" in listed.service_schema.math, "math.mul is not in the schema");
    });
    await checks.part("unknown service", () =>
      rejects(server.getService("no-such-service"), /[Ss]ervice not found.*no-such-service/, "getService"),
    );
    await checks.part("register, use, remove", () => registerAndRemove(server));
    await checks.part("echo and ping of the manager", async () => {
      equal(await server.echo({ a: [1, new Uint8Array([2])] }), { a: [1, new Uint8Array([2])] }, "echo");
      equal(await server.ping(`${server.config.workspace}/${server.rpc._client_id}`), "pong", "ping");
    });
    return checks.report();
  },
};

async function registerAndRemove(server) {
  const id = "short-lived";
  const info = await server.registerService({ id, config: { visibility: "public" }, hello: () => "hello" });
  equal(info.id, `${server.config.workspace}/${server.rpc._client_id}:${id}`, "registered id");
  equal(await (await server.getService(info.id)).hello(), "hello", "hello");
  await rejects(server.registerService({ id }), /Service already exists: short-lived/, "registering it twice");
  await server.unregisterService(id);
  await rejects(server.getService(info.id), /[Ss]ervice not found/, "getService afterwards");
}

export const protectedServices = {
  name: "protected services",
  needs: ["echo"],
  async run({ server, connectBeside, connectElsewhere }) {
    const checks = new Checks();
    const info = await server.registerService({ id: "kept-inside", secret: () => "spores" });
    await checks.part("open to the own workspace", async () => {
      const insider = await connectBeside();
      equal(await (await insider.getService(info.id)).secret(), "spores", "secret");
      await insider.disconnect();
    });
    await checks.part("closed to others, by lookup and by call", async () => {
      const outsider = await connectElsewhere();
      await rejects(outsider.getService(info.id), /[Pp]ermission denied|[Ss]ervice not found/, "getService");
      const direct = outsider.rpc._generate_remote_method({
        _rtarget: info.id.split(":")[0],
        _rmethod: "services.kept-inside.secret",
        _rpromise: "*",
      });
      await rejects(direct(), /Permission denied for invoking protected method/, "secret");
      await outsider.disconnect();
    });
    await server.unregisterService("kept-inside");
    return checks.report();
  },
};
