// Plain calls: positional arguments, nested paths, constants, many at once, functions that do not exist.
import { Checks, equal, rejects } from "../peer/check.mjs";

export const calls = {
  name: "calls",
  needs: ["add", "math.mul", "version", "keepCallback"],
  async run({ server, service }) {
    const checks = new Checks();
    await checks.part("positional arguments", async () => equal(await service.add(2, 3), 5, "add"));
    await checks.part("nested path", async () => equal(await service.math.mul(6, 7), 42, "math.mul"));
    await checks.part("constant", async () => equal(service.version, "1.0", "version"));
    await checks.part("no result is null", async () => equal(await service.keepCallback(null), null, "keepCallback"));
    await checks.part("200 calls at once", async () => {
      const results = await Promise.all(Array.from({ length: 200 }, (_, i) => service.add(i, 1)));
      equal(
        results,
        Array.from({ length: 200 }, (_, i) => i + 1),
        "add",
      );
    });
    await checks.part("unknown function", async () => {
      await rejects(callPath(server, service, "nowhere"), /not found|Invalid method/, "nowhere");
      await rejects(callPath(server, service, "nowhere.else"), /not found|Invalid method/, "nowhere.else");
      await rejects(callPath(server, service, "math"), /not found|Invalid method/, "a map is no function");
    });
    return checks.report();
  },
};

export const keywordArguments = {
  name: "keyword arguments",
  needs: ["kwargs"],
  async run({ service }) {
    const checks = new Checks();
    const expected = (values) => ({ a: null, b: null, scale: null, label: null, ...values });
    const call = async (...args) => service.kwargs(...args);
    await checks.part("positional", async () => equal(await call(1, 2), expected({ a: 1, b: 2 }), "kwargs"));
    await checks.part("all by name", async () => {
      const values = { label: "x", scale: 2.5, b: [1], a: { k: 1 } };
      equal(await call({ ...values, _rkwargs: true }), expected(values), "kwargs");
    });
    await checks.part("some by name", async () =>
      equal(await call({ scale: 3, _rkwargs: true }), expected({ scale: 3 }), "kwargs"),
    );
    await checks.part("functions and bytes by name", async () => {
      const answer = await call({ a: new Uint8Array([1, 2]), b: () => 5, _rkwargs: true });
      equal(answer.a, new Uint8Array([1, 2]), "bytes by name");
    });
    await checks.part("a plain last object is no keyword arguments", async () =>
      equal(await call(1, { scale: 3 }), expected({ a: 1, b: { scale: 3 } }), "kwargs"),
    );
    await checks.part("positional and by name", async () => {
      // A JavaScript provider drops positional arguments as soon as there are keywords.
      const a = service.language === "js" ? null : 1;
      equal(await call(1, { label: "y", _rkwargs: true }), expected({ a, label: "y" }), "kwargs");
    });
    return checks.report();
  },
};

/** Calls a path that the service does not show. */
function callPath(server, service, path) {
  const { _rtarget, _rserver } = service.echo.__rpc_object__;
  const id = service.id.split(":")[1];
  return server.rpc._generate_remote_method({
    _rtarget,
    _rserver,
    _rmethod: `services.${id}.${path}`,
    _rpromise: "*",
  })();
}
