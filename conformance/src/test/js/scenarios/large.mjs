// Messages above 256 KiB, which travel in pieces through the receiver's message cache.
import { check, Checks, equal } from "../peer/check.mjs";
import { sha256 } from "../peer/checksum.mjs";
import { patternBytes, patternFloats } from "../peer/pattern.mjs";
import { heldSessions } from "../peer/sessions.mjs";

const size = 5_500_000;

export const largeMessages = {
  name: "large messages",
  needs: ["checksum", "big", "bigArray", "echo", "callbackEcho"],
  async run({ server, service }) {
    const checks = new Checks();
    await checks.part("5.5 MB of bytes there", async () => {
      const bytes = patternBytes(size);
      const answer = await service.checksum(bytes);
      equal([answer.size, answer.sha256], [size, sha256(bytes)], "checksum");
    });
    await checks.part("5.5 MB of bytes back", async () => {
      const answer = await service.big(size);
      equal(
        [answer.data.length, sha256(answer.data), answer.sha256],
        [size, answer.sha256, sha256(patternBytes(size))],
        "big",
      );
    });
    await checks.part("8 MB of float64 there and back", async () => {
      const floats = patternFloats(1_000_000);
      const back = await service.echo(floats);
      equal(
        [back.constructor.name, back.length, sha256(back)],
        ["Float64Array", floats.length, sha256(floats)],
        "echo",
      );
    });
    await checks.part("float64 made there", async () => {
      const answer = await service.bigArray(200_000);
      equal(
        [answer.data.constructor.name, sha256(answer.data)],
        ["Float64Array", sha256(patternFloats(200_000))],
        "bigArray",
      );
    });
    await checks.part("around the limit of a single frame", async () => {
      for (const length of [262000, 262144, 263000, 263168, 263300, 524288, 524289]) {
        const bytes = patternBytes(length);
        equal(sha256(await service.echo(bytes)), sha256(bytes), `echo of ${length} bytes`);
      }
    });
    await checks.part("long text", async () => {
      const text = "mycelium ü ".repeat(60000);
      check((await service.echo(text)) === text, "the text changed");
    });
    await checks.part("through a callback", async () => {
      const bytes = patternBytes(1_000_000);
      equal(sha256(await service.callbackEcho((x) => x, bytes)), sha256(bytes), "callbackEcho");
    });
    await checks.part("three at once", async () => {
      const sizes = [400_000, 500_000, 600_000];
      const answers = await Promise.all(sizes.map((n) => service.echo(patternBytes(n))));
      equal(
        answers.map(sha256),
        sizes.map((n) => sha256(patternBytes(n))),
        "echo",
      );
    });
    await checks.part("no piece is left behind", async () =>
      equal(heldSessions(server.rpc).messageCache, 0, "entries in our message cache"),
    );
    return checks.report();
  },
};
