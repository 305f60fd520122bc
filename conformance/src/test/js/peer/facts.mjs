// What happened in this process that no return value tells: how streams ended, and stray errors.

const streams = {};
const strayErrors = [];

/** Call at the end of a stream, from its `finally`. `how` is "completed", "closed" or "failed". */
export function recordStreamEnd(label, how, produced) {
  streams[label] = { how, produced };
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
