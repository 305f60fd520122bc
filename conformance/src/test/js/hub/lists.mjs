// Listing and searching services.
import { check, Checks, equal, rejects } from "../peer/check.mjs";

const plainIds = (infos) => infos.map((info) => info.id.split(":")[1]).sort();

async function register(server) {
  await server.registerService({
    id: "cell-counter",
    type: "vision",
    description: "Counts cells in images",
    config: { visibility: "public", flags: ["fast"] },
    count: (image) => image.length,
  });
  await server.registerService({ id: "image-store", type: "store", description: "Keeps images" });
  await server.registerService({ id: "image-cellar", type: "store", config: { visibility: "unlisted" } });
  return () => Promise.all(["cell-counter", "image-store", "image-cellar"].map((id) => server.unregisterService(id)));
}

export const lists = {
  name: "hub: lists",
  needs: [],
  async run({ server, connectElsewhere }) {
    const checks = new Checks();
    const clear = await register(server);
    const stranger = await connectElsewhere();
    const [workspace, clientId] = [server.config.workspace, server.rpc._client_id];
    await checks.part("everything in the own workspace but what is unlisted", async () => {
      equal(plainIds(await server.listServices()), ["built-in", "cell-counter", "image-store"], "by default");
      equal(
        plainIds(await server.listServices(null, true)),
        ["built-in", "cell-counter", "image-cellar", "image-store"],
        "with what is unlisted",
      );
    });
    await checks.part("by every key of a query", async () => {
      const queries = [
        [{ type: "vis*" }, ["cell-counter"]],
        [{ visibility: "public", type: "vision" }, ["cell-counter"]],
        [{ client_id: clientId, type: "store" }, ["image-store"]],
        [{ service_id: "*-store" }, ["image-store"]],
        [{ id: "cell-*" }, ["cell-counter"]],
        [{ workspace, app_id: "*", type: "store" }, ["image-store"]],
        [`${clientId}:cell-counter`, ["cell-counter"]],
        [`${workspace}/cell-counter`, ["cell-counter"]],
        [workspace, ["built-in", "cell-counter", "image-store"]],
      ];
      for (const [query, expected] of queries)
        equal(plainIds(await server.listServices(query)), expected, JSON.stringify(query));
    });
    await checks.part("queries that make no sense are refused", async () => {
      await rejects(server.listServices({ colour: "red" }), /Invalid query keys:.*colour/, "an unknown key");
      await rejects(server.listServices({ service_id: "[a-z]" }), /Invalid characters in query part/, "a wrong character");
    });
    await checks.part("others see what is public", async () => {
      const listed = plainIds(await stranger.listServices(workspace));
      check(listed.includes("cell-counter"), `not listed: ${listed}`);
      check(!listed.some((id) => id.startsWith("image-")), `listed: ${listed}`);
      const everywhere = await stranger.listServices("*/cell-counter");
      equal(everywhere.map((info) => info.id), [`${workspace}/${clientId}:cell-counter`], "in any workspace");
      await rejects(stranger.listServices(workspace, true), /Cannot include unlisted services/, "what is unlisted there");
    });
    await checks.part("with all that its provider said", async () => {
      const info = await server.getServiceInfo("cell-counter");
      equal(
        [info.id, info.name, info.type, info.description, info.config.flags],
        [`${workspace}/${clientId}:cell-counter`, "cell-counter", "vision", "Counts cells in images", ["fast"]],
        "the service",
      );
      equal([info.config.workspace, info.config.created_by.id], [workspace, server.config.user.id], "set by the hub");
      equal(info.service_schema.count.type, "function", "its schema");
    });
    await stranger.disconnect();
    await clear();
    return checks.report();
  },
};

export const search = {
  name: "hub: search",
  needs: [],
  async run({ server, connectElsewhere }) {
    const checks = new Checks();
    const clear = await register(server);
    const stranger = await connectElsewhere();
    await checks.part("by words", async () => {
      equal(plainIds(await server.searchServices("count cells")), ["cell-counter"], "two words");
      equal(plainIds(await server.searchServices("image")), ["cell-counter", "image-store"], "one word");
      equal(plainIds(await stranger.searchServices("image")), ["cell-counter"], "by a stranger");
    });
    await checks.part("with filters, in pages", async () => {
      const page = await server.searchServices({
        filters: { client_id: server.rpc._client_id, type: "*" },
        order_by: "service_id",
        limit: 2,
        offset: 1,
        return_fields: ["id"],
        pagination: true,
        _rkwargs: true,
      });
      equal([page.total, page.limit, page.offset], [3, 2, 1], "the page");
      equal(plainIds(page.items), ["cell-counter", "image-store"], "its items");
      equal(Object.keys(page.items[0]), ["id"], "fields");
    });
    await stranger.disconnect();
    await clear();
    return checks.report();
  },
};
