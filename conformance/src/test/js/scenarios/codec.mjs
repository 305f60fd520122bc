// A class with a codec on both sides.
import { Checks, equal } from "../peer/check.mjs";
import { Point } from "../provider/codec.mjs";

export const codecs = {
  name: "codecs",
  needs: ["mirror", "echo"],
  async run({ service }) {
    const checks = new Checks();
    await checks.part("as argument and result", async () =>
      equal(await service.mirror(new Point(1, 2.5)), new Point(2.5, 1), "mirror"),
    );
    await checks.part("nested in lists and maps", async () => {
      const value = { path: [new Point(0, 0), new Point(3, 4)], origin: new Point(0, 0) };
      equal(await service.echo(value), value, "echo");
    });
    return checks.report();
  },
};
