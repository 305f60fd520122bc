// The table of values that `make` and the value scenarios use.
import { arrays } from "./arrays.mjs";
import { bytes } from "./bytes.mjs";
import { collections } from "./collections.mjs";
import { numbers } from "./numbers.mjs";
import { plain } from "./plain.mjs";
import { special } from "./special.mjs";
import { streams } from "./streams.mjs";
import { unsendable } from "./unsendable.mjs";

export const kinds = { ...plain, ...numbers, ...bytes, ...arrays, ...collections, ...special };

export function make(name) {
  const maker = kinds[name]?.make ?? streams[name] ?? unsendable[name]?.make;
  if (!maker) throw new Error(`unknown kind of value: ${name}`);
  return maker();
}

export function kindNames() {
  return Object.keys(kinds);
}
