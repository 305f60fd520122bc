// Interface objects (`_rintf`): kept ones of others, and lent ones of this client.
import { textOf } from "../peer/check.mjs";

async function outcome(run) {
  try {
    return { value: (await run()) ?? null };
  } catch (error) {
    return { error: textOf(error) };
  }
}

/** A service of its own: the functions of `js-provider` are for scenarios, which other providers run as well. */
export function interfaceService(server) {
  let kept = null;

  /** Counts up from `start`; the client writes the id of the hidden service into it when it is sent. */
  const counter = (start) => {
    let count = start;
    return { _rintf: true, start, next: (by) => (count += by ?? 1), whoami: () => "js" };
  };

  return {
    id: "js-interfaces",
    config: { visibility: "public" },
    /** Keeps `object` beyond this call; what it looks like. */
    keep: (object) => {
      kept = object;
      return { keys: Object.keys(object).sort(), marked: object._rintf ?? null, id: object._rintf_service_id ?? null };
    },
    callKept: (name, ...args) => outcome(() => kept[name](...args)),
    disposeKept: () => outcome(() => kept._dispose()),
    /** An object of this client in a result. */
    lend: (start) => counter(start),
    /** An object of this client as an argument of the function `name` of another service. */
    lendTo: async (service, name, start) => await (await server.getService(service))[name](counter(start)),
    /** How many objects of this client can be called. */
    lentCount: () => Object.keys(server.rpc._services).filter((id) => id.startsWith("_rintf_")).length,
    /** Calls a path at a client without asking anybody for the service. */
    callDirectly: (target, path, ...args) =>
      outcome(() => server.rpc._generate_remote_method({ _rtarget: target, _rmethod: path, _rpromise: "*" })(...args)),
    /** What `getService` says, and what the function `name` of that service does. */
    use: (service, name, ...args) => outcome(async () => await (await server.getService(service))[name](...args)),
    /** The same with keyword arguments. */
    useByKeyword: (service, name, keywords) =>
      outcome(async () => await (await server.getService(service))[name]({ ...keywords, _rkwargs: true })),
    /** The `config` of a service of another client, as it arrives. */
    configOf: async (service) => {
      const { visibility, require_context, requireContext, authorized_workspaces } = (await server.getService(service)).config;
      return { visibility, requireContext: requireContext ?? require_context, authorized: authorized_workspaces ?? null };
    },
    /** The ids of the services that are listed to this client. */
    listed: async (query) => (await server.listServices(query)).map(({ id }) => id),
  };
}
