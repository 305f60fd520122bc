// Assertions whose messages say what was expected of whom.
import { deepStrictEqual } from "node:assert";

export function check(condition, what) {
  if (!condition) throw new Error(what);
}

/** Compares contents, types and prototypes; NaN equals NaN, 0 differs from -0. */
export function equal(actual, expected, what) {
  try {
    deepStrictEqual(actual, expected);
  } catch (error) {
    throw new Error(`${what}: ${firstLines(error.message)}`);
  }
}

/** The text of the rejection, which must match. The client rejects with strings as well as with errors. */
export async function rejects(promise, pattern, what) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    const text = textOf(error);
    check(pattern.test(text), `${what}: expected an error like ${pattern}, got: ${text}`);
    return text;
  }
  throw new Error(`${what}: expected an error like ${pattern}, got the value ${String(value)}`);
}

export function textOf(error) {
  return String(error?.message ?? error);
}

/** Runs every part, so that one report names all that failed. */
export class Checks {
  #failures = [];
  #passed = [];

  async part(name, body) {
    try {
      await body();
      this.#passed.push(name);
    } catch (error) {
      this.#failures.push(`${name}: ${textOf(error)}`);
    }
  }

  report() {
    if (this.#failures.length > 0) throw new Error(this.#failures.join("\n"));
    return { checks: this.#passed };
  }
}

function firstLines(text) {
  return text.split("\n").slice(0, 30).join("\n");
}
