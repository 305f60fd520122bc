// Numbers. JavaScript sends integral doubles as integers while they are safe, everything else as float64.
import { kind } from "./kind.mjs";

// One below, at and one above each border of the msgpack integer forms.
const integerBorders = [
  -(2 ** 53 - 1),
  -(2 ** 31) - 1,
  -(2 ** 31),
  -(2 ** 15) - 1,
  -(2 ** 15),
  -129,
  -128,
  -33,
  -32,
  -1,
  0,
  1,
  127,
  128,
  255,
].concat([256, 2 ** 15, 2 ** 16 - 1, 2 ** 16, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1]);

export const numbers = {
  "integers at borders": kind(() => [...integerBorders]),
  "integer beyond 53 bits": kind(() => 2 ** 60),
  "integral double": kind(() => 3.0),
  double: kind(() => 0.1),
  "double extremes": kind(() => [Number.MAX_VALUE, Number.MIN_VALUE, Number.EPSILON, -1e-300, 1.5]),
  nan: kind(() => NaN),
  infinity: kind(() => Infinity),
  "negative infinity": kind(() => -Infinity),
  // JavaScript sends it as the integer 0: the sign is lost on the way out, not on the way in.
  "negative zero": kind(() => -0, { throughJs: () => 0, fromJvm: () => -0 }),
};
