// Raw bytes in their JavaScript guises.
import { kind } from "./kind.mjs";
import { patternBytes } from "../peer/pattern.mjs";

export const bytes = {
  "empty bytes": kind(() => new Uint8Array(0)),
  bytes: kind(() => patternBytes(300)),
  // Unlike the other typed arrays, a Uint8Array is sent as the view that it is.
  "bytes view": kind(() => patternBytes(300).subarray(10, 20), { throughJs: () => patternBytes(300).slice(10, 20) }),
  // The JVM client gives raw bytes back, whichever guise they came in.
  arraybuffer: kind(() => patternBytes(64).buffer, {
    throughJvm: () => patternBytes(64),
    fromJvm: () => patternBytes(64),
  }),
  // The client sends the whole buffer behind a DataView.
  dataview: kind(() => new DataView(patternBytes(64).buffer, 4, 8), {
    throughJs: () => patternBytes(64).buffer,
    throughJvm: () => patternBytes(64),
    fromJvm: () => patternBytes(64),
  }),
  "bytes in a map": kind(() => ({ frames: [patternBytes(3), patternBytes(0)], meta: { thumbnail: patternBytes(17) } })),
};
