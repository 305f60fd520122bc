// Functions of this client, called by the provider.
import { setTimeout as sleep } from "node:timers/promises";
import { check, Checks, equal, rejects } from "../peer/check.mjs";
import { heldSessions } from "../peer/sessions.mjs";

export const callbacks = {
  name: "callbacks",
  needs: ["callCallback", "callCallbackAtOnce", "callbackEcho", "callInside", "callbackThrows", "nested"],
  async run({ server, service }) {
    const checks = new Checks();
    const pendingBefore = heldSessions(server.rpc).pending;
    await checks.part("called ten times, results used", async () => {
      const seen = [];
      const sum = await service.callCallback((i) => {
        seen.push(i);
        return i * 2;
      }, 10);
      equal(sum, 110, "sum of the results");
      equal(seen, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "arguments in order");
    });
    await checks.part("asynchronous callback", async () => {
      const sum = await service.callCallback(async (i) => {
        await sleep(5);
        return i;
      }, 3);
      equal(sum, 6, "sum of the results");
    });
    await checks.part("fifty at once", async () => equal(await service.callCallbackAtOnce((i) => i, 50), 1275, "sum"));
    await checks.part("inside a map and a list", async () => {
      equal(await service.callInside({ factor: 4, list: [async (x) => x + 1] }), 5, "list[0](factor)");
    });
    await checks.part("error in a callback reaches the provider", async () => {
      const text = await service.callbackThrows(() => {
        throw new TypeError("no such spore");
      });
      check(text.includes("TypeError: no such spore"), `the provider saw: ${text}`);
    });
    await checks.part("nested", async () =>
      equal(await service.nested(7, async (a, timesTen) => await timesTen(a)), 71, "nested(7)"),
    );
    await checks.part("no call is left pending", async () =>
      equal(heldSessions(server.rpc).pending, pendingBefore, "pending sessions"),
    );
    // The client does not recognise its own function: it calls itself through the hub, and refuses.
    await checks.part("our own function, back from the provider, is not callable", async () => {
      const call = service.callbackEcho(
        (x) => x(1),
        (x) => x,
      );
      await rejects(call, /Access denied for method call/, "callbackEcho");
    });
    return checks.report();
  },
};

export const expiredCallback = {
  name: "callback after its call",
  needs: ["keepCallback", "callKept"],
  async run({ service }) {
    let called = false;
    await service.keepCallback(() => (called = true));
    const outcome = await service.callKept(1);
    check(
      /Session not found|Method expired or not found/.test(outcome.error ?? ""),
      `expected a refusal, got ${JSON.stringify(outcome)}`,
    );
    check(!called, "the callback ran after its call had ended");
    return { error: outcome.error };
  },
};
