// Functions of the provider, returned by calls and passed on to others.
import { setTimeout as sleep } from "node:timers/promises";
import { Checks, equal } from "../peer/check.mjs";

export const returnedFunctions = {
  name: "returned functions",
  needs: ["returnsFunction", "returnsFunctions"],
  async run({ service }) {
    const checks = new Checks();
    await checks.part("a function", async () => {
      const triple = await service.returnsFunction(3);
      equal(await triple(14), 42, "triple(14)");
    });
    await checks.part("an object with functions and state", async () => {
      const counter = await service.returnsFunctions(10);
      equal(counter.note, "plain values may stand beside them", "note");
      equal(await counter.increment(5), 15, "increment(5)");
      equal(await counter.increment(1), 16, "increment(1)");
      equal(await counter.greetings.hello("mycelium"), "hello mycelium", "greetings.hello");
      equal(await counter.list[0](), "first", "list[0]");
      equal(await counter.list[1](new Uint8Array([7])), new Uint8Array([7]), "list[1]");
    });
    await checks.part("two objects do not share state", async () => {
      const [one, two] = [await service.returnsFunctions(0), await service.returnsFunctions(100)];
      await one.increment(1);
      equal(await two.increment(1), 101, "the second counter");
    });
    await checks.part("still callable after a pause and another call", async () => {
      const triple = await service.returnsFunction(3);
      await sleep(50);
      await service.returnsFunction(4);
      equal(await triple(2), 6, "triple(2)");
    });
    return checks.report();
  },
};

export const forwardedReferences = {
  name: "references that travel on",
  needs: ["callCallback", "math.mul", "echo"],
  async run({ server, service, connectBeside }) {
    const checks = new Checks();
    await checks.part("the provider's own function comes back usable", async () => {
      const mul = await service.echo(service.math.mul);
      equal(await mul(6, 7), 42, "math.mul after an echo");
    });
    await checks.part("unknown keys of a method object survive the echo", async () => {
      const wire = { ...service.math.mul.__rpc_object__, _rspores: "kept" };
      const mul = server.rpc._generate_remote_method(wire);
      const back = await service.echo(mul);
      equal(back.__rpc_object__._rspores, "kept", "the unknown key");
      equal(back.__rpc_object__._rtarget, wire._rtarget, "the owner");
    });
    await checks.part("a third client's service function as a callback", async () => {
      const third = await connectBeside();
      try {
        await third.registerService({ id: "squares", config: { visibility: "public" }, square: (x) => x * x });
        const squares = await server.getService(`${third.config.workspace}/${third.rpc._client_id}:squares`);
        equal(await service.callCallback(squares.square, 3), 14, "1 + 4 + 9");
      } finally {
        await third.disconnect();
      }
    });
    return checks.report();
  },
};
