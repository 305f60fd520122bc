// Files in both directions.
import { Checks, equal } from "../peer/check.mjs";
import { patternBytes } from "../peer/pattern.mjs";

export const files = {
  name: "files",
  needs: ["readStream", "openStream"],
  async run({ service }) {
    const checks = new Checks();
    await checks.part("a Blob, read by the provider", async () =>
      equal(await service.readStream(new Blob(["sp", "ores"])), bytes("spores"), "readStream"),
    );
    await checks.part("a File", async () =>
      equal(
        await service.readStream(new File(["hyphae"], "h.txt", { type: "text/plain" })),
        bytes("hyphae"),
        "readStream",
      ),
    );
    await checks.part("an empty Blob", async () =>
      equal(await service.readStream(new Blob([])), bytes(""), "readStream"),
    );
    await checks.part("a Blob of 700 kB", async () =>
      equal(await service.readStream(new Blob([patternBytes(700_000)])), patternBytes(700_000), "readStream"),
    );
    await checks.part("opened by the provider", async () =>
      equal(await readAll(await service.openStream(patternBytes(100_000))), patternBytes(100_000), "openStream"),
    );
    return checks.report();
  },
};

/** The client turns a JavaScript file into a Blob; any other stays an object with a remote `read`. */
async function readAll(stream) {
  if (stream instanceof Blob) return new Uint8Array(await stream.arrayBuffer());
  const pieces = [];
  for (let piece = await stream.read(65536); piece && piece.length > 0; piece = await stream.read(65536))
    pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

function bytes(text) {
  return new Uint8Array(Buffer.from(text));
}
