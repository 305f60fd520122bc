// Values with a meaning of their own.
import { kind } from "./kind.mjs";

// An error that was received is an Error whose message begins with the client's own prefix; the sender's stack follows.
const received = (text) => (actual) => actual instanceof Error && actual.message.startsWith(`RemoteError: ${text}\n`);

export const special = {
  error: kind(() => new RangeError("out of range"), {
    throughJs: () => received("Error: RemoteError: RangeError: out of range"),
    throughJvm: () => received("RangeError: out of range"),
    fromJvm: () => (actual) => actual instanceof Error && /^RemoteError: .*out of range/.test(actual.message),
  }),
  // A Date is a msgpack timestamp on the wire; the JVM client answers with ISO-8601 text.
  date: kind(() => new Date("2024-02-29T12:34:56.789Z"), {
    throughJvm: () => "2024-02-29T12:34:56.789Z",
    fromJvm: () => "2024-02-29T12:34:56.789Z",
  }),
  "date before 1970": kind(() => new Date("1912-06-23T00:00:00.000Z"), {
    throughJvm: () => "1912-06-23T00:00:00Z",
    fromJvm: () => "1912-06-23T00:00:00Z",
  }),
  "unknown type": kind(() => ({ _rtype: "mycelium", spores: [1, { colour: "white" }], raw: new Uint8Array([1, 2]) })),
  "unknown type nested": kind(() => [{ deep: { _rtype: "hyphae", length: 3 } }]),
};
