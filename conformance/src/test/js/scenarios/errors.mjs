// The texts of remote errors as a JavaScript caller sees them.
import { Checks, equal, rejects } from "../peer/check.mjs";

export const errors = {
  name: "errors",
  needs: ["fail", "failLater", "failType", "failNamed", "echo"],
  async run({ service }) {
    const checks = new Checks();
    // A JavaScript provider sends `Error: text`, the JVM one `<class>: text`.
    const thrown = service.language === "js" ? /^RemoteError: Error: it broke\n/ : /^RemoteError: \w+: it broke\n/;
    await checks.part("thrown at once", () => rejects(service.fail("it broke"), thrown, "fail"));
    await checks.part("thrown later", () => rejects(service.failLater("it broke"), thrown, "failLater"));
    await checks.part("of a named class", () =>
      rejects(service.failNamed("no light"), /^RemoteError: SporeError: no light\n/, "failNamed"),
    );
    await checks.part("of the runtime", () =>
      rejects(service.failType(), /^RemoteError: \w+(Error|Exception): /, "failType"),
    );
    await checks.part("text of many lines", () => rejects(service.fail("one\ntwo: ü"), /one\ntwo: ü/, "fail"));
    await checks.part("the next call works", async () => equal(await service.echo(1), 1, "echo"));
    return checks.report();
  },
};

// Two ways in which a JavaScript provider falls short.
export const errorsOfJavaScript = {
  name: "errors: peculiar to a JavaScript provider",
  needs: ["failText", "returnsUnsendable"],
  async run({ service, connectBeside }) {
    const checks = new Checks();
    await checks.part("a thrown string arrives bare", async () =>
      equal(await service.failText("bare").catch((thrown) => thrown), "bare", "failText"),
    );
    await checks.part("a result that it cannot encode is never answered", async () => {
      const hasty = await connectBeside({ methodTimeout: 1 });
      try {
        const again = await hasty.getService(service.id);
        await rejects(again.returnsUnsendable(), /^Method call timed out: /, "returnsUnsendable");
      } finally {
        await hasty.disconnect();
      }
    });
    return checks.report();
  },
};
