// What happened in this process that no return value tells: how streams ended, and stray errors.

import { Deferred } from "./deferred.mjs";

const streams = {};
const awaited = {};
const strayErrors = [];

/** Call at the end of a stream, from its `finally`. `how` is "completed", "closed" or "failed". */
export function recordStreamEnd(label, how, produced) {
  streams[label] = { how, produced };
  awaited[label]?.resolve(streams[label]);
}

/** How the labelled stream ends, once it does. */
export async function streamEnded(label) {
  awaited[label] ??= new Deferred();
  return streams[label] ?? (await awaited[label].within(10_000, `the end of stream ${label}`));
}

/** How the labelled stream ended, or null while it is running (or never ran). */
export function streamEnd(label) {
  return streams[label] ?? null;
}

export function recordStrayError(error) {
  strayErrors.push(String(error?.message ?? error));
}

export function allFacts() {
  return { streams, strayErrors };
}
