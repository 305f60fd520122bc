// Functions as arguments and as results.
import { textOf } from "../peer/check.mjs";

let kept = null;

/** Calls `callback(1)` … `callback(n)` one after the other and returns the sum of the results. */
async function callCallback(callback, n) {
  let sum = 0;
  for (let i = 1; i <= n; i++) sum += await callback(i);
  return sum;
}

/** The same, all calls at once. */
async function callCallbackAtOnce(callback, n) {
  const results = await Promise.all(Array.from({ length: n }, (_, i) => callback(i + 1)));
  return results.reduce((sum, result) => sum + result, 0);
}

/** The callback's result, for any value. */
async function callbackEcho(callback, value) {
  return await callback(value);
}

/** A callback that is not an argument itself but stands inside one. */
async function callInside({ list, factor }) {
  return await list[0](factor);
}

/** The text of the error that the callback ends in. */
async function callbackThrows(callback) {
  try {
    await callback();
  } catch (error) {
    return textOf(error);
  }
  throw new Error("the callback did not throw");
}

/** A function passed on to the callback, which calls it back while all three calls are open. */
async function nested(a, callback) {
  const timesTen = async (x) => x * 10;
  return (await callback(a, timesTen)) + 1;
}

function keepCallback(callback) {
  kept = callback;
}

/** What a callback does after the call that brought it has ended: `{value}` or `{error}`. */
async function callKept(value) {
  try {
    return { value: await kept(value) };
  } catch (error) {
    return { error: textOf(error) };
  }
}

/** Functions that stay callable after this call. */
function returnsFunctions(start) {
  let count = start;
  return {
    increment: (by) => (count += by),
    greetings: { hello: (name) => `hello ${name}` },
    list: [() => "first", (x) => x],
    note: "plain values may stand beside them",
  };
}

function returnsFunction(factor) {
  return (x) => x * factor;
}

export const callbackFunctions = {
  callCallback,
  callCallbackAtOnce,
  callbackEcho,
  callInside,
  callbackThrows,
  nested,
  keepCallback,
  callKept,
  returnsFunctions,
  returnsFunction,
};
