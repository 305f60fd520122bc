// Timeouts and heartbeats, on connections with short timeouts of their own.
import { setTimeout as sleep } from "node:timers/promises";
import { Checks, equal, rejects } from "../peer/check.mjs";

export const heartbeats = {
  name: "a call longer than the method timeout",
  needs: ["slow", "callbackEcho"],
  async run({ service, connectBeside }) {
    const checks = new Checks();
    const hasty = await connectBeside({ methodTimeout: 2 });
    const again = await hasty.getService(service.id);
    // Beats come every second; the timeout would have struck twice.
    await Promise.all([
      checks.part("beats keep it alive", async () => equal(await again.slow(4500), 4500, "slow")),
      checks.part("so do beats while it waits for a slow callback", async () => {
        equal(await again.callbackEcho(() => sleep(4500, "late"), null), "late", "callbackEcho");
      }),
    ]);
    await hasty.disconnect();
    return checks.report();
  },
};

export const silence = {
  name: "calls into silence",
  needs: ["echo"],
  async run({ server, connectBeside }) {
    const checks = new Checks();
    await checks.part("a client that never was", async () => {
      const hasty = await connectBeside({ methodTimeout: 1 });
      const target = `${server.config.workspace}/nobody-ever`;
      await rejects(callAt(hasty, target), /timed out|not connected/, "the call");
      await hasty.disconnect();
    });
    await checks.part("a client that left", async () => {
      const guest = await connectBeside();
      const target = `${guest.config.workspace}/${guest.rpc._client_id}`;
      await guest.disconnect();
      await rejects(
        callAt(server, target),
        new RegExp(`Target peer ${target} is not connected|Client disconnected: ${target}`),
        "the call",
      );
    });
    await checks.part("a client that leaves during the call", async () => {
      const guest = await connectBeside();
      let started;
      const running = new Promise((resolve) => (started = resolve));
      const info = await guest.registerService({
        id: "doomed",
        config: { visibility: "public" },
        wait: () => new Promise(() => started()),
      });
      const answer = (await server.getService(info.id)).wait();
      const refused = rejects(answer, /^Client disconnected: /, "the call");
      await running;
      await guest.disconnect();
      await refused;
    });
    return checks.report();
  },
};

function callAt(server, target) {
  return server.rpc._generate_remote_method({ _rtarget: target, _rmethod: "services.any.thing", _rpromise: "*" })();
}
