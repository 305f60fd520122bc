// Streams in both directions. `label` names a stream for `streamEnd`, which tells how it ended.
import { textOf } from "../peer/check.mjs";
import { recordStreamEnd, streamEnd } from "../peer/facts.mjs";
import { patternBytes } from "../peer/pattern.mjs";

/** 0 … n-1. */
async function* generator(n, label) {
  let produced = 0;
  let how = "closed";
  try {
    while (produced < n) yield produced++;
    how = "completed";
  } finally {
    recordStreamEnd(label, how, produced);
  }
}

function* syncGenerator(n, label) {
  let produced = 0;
  let how = "closed";
  try {
    while (produced < n) yield produced++;
    how = "completed";
  } finally {
    recordStreamEnd(label, how, produced);
  }
}

/** n items, then an error. */
async function* generatorThrows(n, message, label) {
  let produced = 0;
  try {
    while (produced < n) yield produced++;
    throw new Error(message);
  } finally {
    recordStreamEnd(label, "failed", produced);
  }
}

/** Items that are long messages themselves. */
async function* generatorOfBytes(n, size) {
  for (let i = 0; i < n; i++) yield patternBytes(size + i);
}

/** Items of every sort, null among them. */
async function* generatorOfValues() {
  yield* [null, 0, "", [1, { two: 2 }], new Uint8Array([3]), new Set([4])];
}

/** Reads a stream that was passed as an argument, to its end or until `limit` items are there. */
async function consume(stream, limit) {
  const items = [];
  try {
    for await (const item of stream) {
      items.push(item);
      if (items.length === limit) break;
    }
  } catch (error) {
    return { items, error: textOf(error) };
  }
  return { items, error: null };
}

export const generatorFunctions = {
  generator,
  syncGenerator,
  generatorThrows,
  generatorOfBytes,
  generatorOfValues,
  consume,
  streamEnd: (label) => streamEnd(label),
};
