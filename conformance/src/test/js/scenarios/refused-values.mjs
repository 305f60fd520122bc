// What this client cannot send ends in an error at once, and the connection lives on.
import { Checks, equal, rejects } from "../peer/check.mjs";
import { unsendable } from "../values/unsendable.mjs";

export const refusedValues = {
  name: "values: refused by the sender",
  needs: ["echo"],
  async run({ service }) {
    const checks = new Checks();
    for (const [name, { local, make, message }] of Object.entries(unsendable)) {
      if (!local) continue;
      await checks.part(name, async () => {
        await rejects(service.echo(make()), message, "echo");
        equal(await service.echo("alive"), "alive", "echo afterwards");
      });
    }
    return checks.report();
  },
};

// Typed arrays without a dtype: another JavaScript client refuses the call, the JVM client takes the bytes.
export const arraysWithoutDtype = {
  name: "values: typed arrays without a dtype",
  needs: ["echo"],
  async run({ service }) {
    const checks = new Checks();
    for (const [name, { local, make, message }] of Object.entries(unsendable)) {
      if (local) continue;
      await checks.part(name, async () => {
        if (service.language === "js") await rejects(service.echo(make()), message, "echo");
        else equal(await service.echo(make()), new Uint8Array(make().buffer), "echo");
      });
    }
    return checks.report();
  },
};
