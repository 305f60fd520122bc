// Long calls and long messages.
import { setTimeout as sleep } from "node:timers/promises";
import { sha256 } from "../peer/checksum.mjs";
import { patternBytes, patternFloats } from "../peer/pattern.mjs";

async function slow(milliseconds) {
  await sleep(milliseconds);
  return milliseconds;
}

function big(size) {
  const data = patternBytes(size);
  return { data, size, sha256: sha256(data) };
}

function bigArray(length) {
  const data = patternFloats(length);
  return { data, length, sha256: sha256(data) };
}

function checksum(bytes) {
  return { type: bytes.constructor.name, size: bytes.byteLength, sha256: sha256(bytes) };
}

export const largeFunctions = { slow, big, bigArray, checksum };
