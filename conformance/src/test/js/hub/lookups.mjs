// Getting a service: every form of its id, every mode, and what goes wrong.
import { check, Checks, equal, rejects } from "../peer/check.mjs";

export const lookups = {
  name: "hub: every way to get a service",
  needs: [],
  async run({ server, connectBeside }) {
    const checks = new Checks();
    const { workspace } = server.config;
    const busy = await connectBeside({ clientId: "busy__rlb" });
    const idle = await connectBeside({ clientId: "idle__rlb" });
    for (const [client, load] of [
      [busy, 0.9],
      [idle, 0.1],
    ])
      await client.registerService({
        id: "worker",
        config: { visibility: "public" },
        who_am_i: () => client.rpc._client_id,
        get_load: () => load,
        ...(client === idle ? { only_idle: () => true } : {}),
      });
    const idOf = async (query, config) => (await server.getService(query, config)).id;
    await checks.part("every form of the id", async () => {
      const expected = `${workspace}/idle__rlb:worker`;
      for (const id of [`idle__rlb:worker`, expected, `${expected}@*`, "idle*:worker"])
        equal(await idOf(id), expected, id);
    });
    await checks.part("the manager itself", async () => {
      for (const id of ["~", `${workspace}/~`]) equal(await (await server.getService(id)).echo(7), 7, id);
    });
    await checks.part("several of one name need a mode", async () => {
      await rejects(server.getService("worker"), /Multiple services found for/, "without one");
      await rejects(server.getService("worker", { mode: "exact" }), /Multiple services found for/, "exact");
      await rejects(server.getService("worker", { mode: "best" }), /Invalid mode: best/, "an unknown one");
    });
    await checks.part("first, last and random", async () => {
      equal(await idOf("worker", { mode: "first" }), `${workspace}/busy__rlb:worker`, "first");
      equal(await idOf("worker", { mode: "last" }), `${workspace}/idle__rlb:worker`, "last");
      for (const mode of ["random", "native:random"]) {
        const seen = new Set();
        for (let i = 0; i < 40; i++) seen.add(await idOf("worker", { mode }));
        equal(seen.size, 2, mode);
      }
    });
    await checks.part("the least busy one", async () => {
      for (let i = 0; i < 30; i++) await busy.echo(i);
      equal(await idOf("worker", { mode: "min_load" }), `${workspace}/idle__rlb:worker`, "min_load");
    });
    await checks.part("the one with the best answer", async () => {
      const expected = {
        "select:min:get_load": "idle__rlb",
        "select:max:get_load": "busy__rlb",
        "select:first_success:only_idle": "idle__rlb",
      };
      for (const [mode, client] of Object.entries(expected))
        equal(await idOf("worker", { mode, select_timeout: 5 }), `${workspace}/${client}:worker`, mode);
    });
    await checks.part("its address, and names in another case", async () => {
      const service = await server.getService("idle__rlb:worker", { case_conversion: "camel" });
      equal(await service.whoAmI(), "idle__rlb", "whoAmI");
      check(service.config.url.endsWith(`/${workspace}/services/idle__rlb:worker`), `url: ${service.config.url}`);
    });
    await checks.part("what does not exist", async () => {
      await rejects(server.getService("nothing"), /Service not found: .*\/\*:nothing@\*/, "no such service");
      await rejects(server.getService("*/worker"), /workspace of a service must be given/, "in any workspace");
      await rejects(server.getService("a/b/c"), /Invalid service id/, "no id at all");
    });
    await busy.disconnect();
    await idle.disconnect();
    return checks.report();
  },
};
