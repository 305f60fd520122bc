// Everything that msgpack carries as it is, except numbers and bytes.
import { kind } from "./kind.mjs";

export const plain = {
  null: kind(() => null),
  undefined: kind(() => undefined, { throughJs: () => null }),
  true: kind(() => true),
  false: kind(() => false),
  "empty text": kind(() => ""),
  text: kind(() => 'grüße, 菌丝, 🍄, \u0000 and "quotes"'),
  "long text": kind(() => "ü🍄x".repeat(20000)),
  "empty list": kind(() => []),
  list: kind(() => [1, "two", [3.5, null, [true]], { four: 4 }]),
  "list with holes": kind(() => [1, undefined, 3], { throughJs: () => [1, null, 3] }),
  "empty map": kind(() => ({})),
  map: kind(() => ({ a: 1, "b c": { d: [1, 2, 3] }, "": "empty key", ключ: null, 1: "digit" })),
  // Text that looks like the protocol's own keys, where it means nothing.
  "map with underscored keys": kind(() => ({ _private: 1, _rvalue: 2, args: [3], method: "m", from: "f" })),
  "deep list": kind(() => nested(50)),
};

function nested(depth) {
  let value = "bottom";
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { in: value };
  return value;
}
