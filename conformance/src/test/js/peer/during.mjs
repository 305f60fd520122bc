// Waiting for an event that an action makes happen.
import { Deferred } from "./deferred.mjs";

const patience = 10_000;

/** The first event of that type which `wanted` accepts, and the result of the action that makes it happen. */
export async function during(server, type, action, wanted = () => true) {
  const arrived = new Deferred();
  const handler = (event) => wanted(event) && arrived.resolve(event);
  server.on(type, handler);
  try {
    const result = await action();
    return [await arrived.within(patience, `event ${type}`), result];
  } finally {
    server.off(type, handler);
  }
}
