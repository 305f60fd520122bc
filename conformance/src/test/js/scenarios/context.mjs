// What a provider learns about its caller.
import { check, Checks, equal } from "../peer/check.mjs";

export const context = {
  name: "context",
  needs: ["context"],
  async run({ server, service }) {
    const checks = new Checks();
    const me = `${server.config.workspace}/${server.rpc._client_id}`;
    await checks.part("behind the arguments", async () => {
      const answer = await service.context(1, "two");
      equal([answer.a, answer.b], [1, "two"], "arguments");
      equal(answer.context.from, me, "from");
      equal(answer.context.ws, server.config.workspace, "ws");
      check(answer.context.to.endsWith(service.id.split(":")[0].split("/")[1]), `to: ${answer.context.to}`);
      check(typeof answer.context.user?.id === "string", `user: ${JSON.stringify(answer.context.user)}`);
    });
    await checks.part("missing arguments do not shift it", async () => {
      const answer = await service.context();
      equal([answer.a, answer.b, answer.context.from], [null, null, me], "context()");
    });
    await checks.part("beside keyword arguments", async () => {
      const answer = await service.context({ b: 2, _rkwargs: true });
      equal([answer.a, answer.b, answer.context.from], [null, 2, me], "context(b=2)");
    });
    return checks.report();
  },
};
