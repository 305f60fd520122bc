// Services, probes and an app that a test has this client offer.

/** What an offered service can do; `load` is what it answers when it is asked how busy it is. */
const offered = (load) => ({
  secret: () => "spores",
  /** Gets the context only where `require_context` names it. */
  who: (x, context) => ({ x: x ?? null, from: context?.from ?? null, ws: context?.ws ?? null, user: context?.user?.id ?? null }),
  plain: (x, context) => ({ x: x ?? null, from: context?.from ?? null }),
  ...(load === undefined ? {} : { getLoad: () => load }),
});

/** Functions whose names mean something to maps and objects. */
const crowded = () => ({
  keys: () => "keys",
  values: () => "values",
  items: () => "items",
  get: (name) => `get ${name}`,
  pop: () => "pop",
  size: () => "size",
  toString: () => "toString",
  hashCode: () => "hashCode",
});

export function offerService(server) {
  const register = async (api) => (await server.registerService(api, { overwrite: true })).id;
  return {
    id: "js-offers",
    config: { visibility: "public" },
    /** Registers the service `id`, in the place of an earlier one; its full id. */
    offer: (id, config, load) => register({ id, config, ...offered(load ?? undefined) }),
    offerCrowded: (id) => register({ id, config: { visibility: "public" }, ...crowded() }),
    withdraw: (id) => server.unregisterService(id),
    probe: async () => {
      const probes = {
        readiness: () => true,
        liveness: () => {
          throw new Error("out of spores");
        },
      };
      await server.registerProbes(probes);
    },
    exportApp: (greeting) => server.export({ name: "JavaScript app", greet: (name) => `${greeting} ${name}` }),
    /** Calls `callback` with the path under which it can be called, and returns what that returns. */
    tellPath: async (callback) => await callback(callback.__rpc_object__._rmethod),
  };
}
