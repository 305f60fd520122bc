// What the client still holds, read from its object store.
//
// A session is *pending* while a call of ours waits for its answer. Others hold functions that were returned, or nothing at all: the client
// leaves an empty session behind for each reply that it sent, and sweeps them after ten idle minutes.
const ownKeys = new Set(["services", "message_cache"]);
// The client's own objects in a session; anything else is a function, or a session nested in this one.
const bookkeeping = new Set([
  "target_id",
  "_created_at",
  "_last_activity_at",
  "timer",
  "heartbeat_task",
  "_promise_manager",
]);

export function heldSessions(rpc) {
  const held = {
    pending: [],
    withFunctions: [],
    empty: 0,
    messageCache: Object.keys(rpc._object_store.message_cache ?? {}).length,
  };
  for (const [id, session] of Object.entries(rpc._object_store)) {
    if (ownKeys.has(id)) continue;
    if (session.resolve || session.reject) held.pending.push(id);
    else if (holdsFunction(session)) held.withFunctions.push(id);
    else held.empty++;
  }
  return held;
}

function holdsFunction(session) {
  return Object.entries(session).some(([key, value]) => {
    if (bookkeeping.has(key)) return false;
    return typeof value === "function" || (value !== null && typeof value === "object" && holdsFunction(value));
  });
}
