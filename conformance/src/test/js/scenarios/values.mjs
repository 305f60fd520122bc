// Every kind of value there and back, and every kind as the provider makes it.
import { check, Checks, equal } from "../peer/check.mjs";
import { kinds } from "../values/index.mjs";

export const valuesEcho = {
  name: "values: echo",
  needs: ["echo"],
  async run({ service }) {
    const checks = new Checks();
    for (const [name, kind] of Object.entries(kinds)) {
      await checks.part(name, async () => expect(await service.echo(kind.make()), echoed(service, kind), "echo"));
    }
    return checks.report();
  },
};

export const valuesMade = {
  name: "values: made by the provider",
  needs: ["make", "kinds"],
  async run({ service }) {
    const checks = new Checks();
    for (const name of await service.kinds()) {
      await checks.part(name, async () => {
        check(name in kinds, "not in the table of values");
        expect(await service.make(name), madeThere(service, kinds[name]), "make");
      });
    }
    return checks.report();
  },
};

export const valuesThroughCallback = {
  name: "values: through a callback and back",
  needs: ["callbackEcho"],
  async run({ service }) {
    const checks = new Checks();
    for (const [name, kind] of Object.entries(kinds)) {
      // Two hops each way; an error gains a prefix per hop, which the plain echo checks.
      if (name === "error") continue;
      await checks.part(name, async () =>
        expect(await service.callbackEcho((x) => x, kind.make()), echoed(service, kind), "callbackEcho"),
      );
    }
    return checks.report();
  },
};

function echoed(service, kind) {
  return service.language === "js" ? kind.throughJs() : kind.throughJvm();
}

function madeThere(service, kind) {
  return service.language === "js" ? jsMade(kind) : kind.fromJvm();
}

/** A value made by a JavaScript provider went one way only: an error carries one prefix, not two. */
function jsMade(kind) {
  return kind.make() instanceof Error
    ? (actual) => actual instanceof Error && actual.message.startsWith(`RemoteError: ${kind.make()}\n`)
    : kind.throughJs();
}

/** `expected` is a value, or a predicate where no fixed value can be given. */
function expect(actual, expected, what) {
  if (typeof expected === "function") check(expected(actual), `${what}: unexpected ${String(actual)}`);
  else equal(actual, expected, what);
}
