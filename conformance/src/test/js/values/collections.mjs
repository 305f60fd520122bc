// Set and Map. A Map is the protocol's `orderedmap`, and its keys may be anything.
import { kind } from "./kind.mjs";

export const collections = {
  "empty set": kind(() => new Set()),
  set: kind(() => new Set([1, "two", true, null])),
  "set of maps": kind(() => new Set([{ a: 1 }, { a: 2 }])),
  "empty orderedmap": kind(() => new Map()),
  "orderedmap with text keys": kind(
    () =>
      new Map([
        ["z", 1],
        ["a", 2],
      ]),
  ),
  "orderedmap with other keys": kind(
    () =>
      new Map([
        [1, "one"],
        [-2.5, "half"],
        [true, "yes"],
        ["text", null],
      ]),
  ),
  "orderedmap nested": kind(() => new Map([["inner", new Map([[1, new Set([2])]])]])),
};
