// Values that JSON cannot carry, as objects with one `$` key. Bytes are hex while short, else length and SHA-256.
import { bytesOf, sha256 } from "./checksum.mjs";
import { patternBytes } from "./pattern.mjs";
import { make } from "../values/index.mjs";

const hexLimit = 4096;
const typedArrays = {
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};

export function toTagged(value) {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (value === undefined) return { $undefined: true };
  if (typeof value === "number")
    return plainNumber(value) ? value : { $number: Object.is(value, -0) ? "-0" : String(value) };
  if (typeof value === "bigint") return { $bigint: String(value) };
  if (typeof value === "function") return { $function: value.__name__ ?? value.name };
  if (value instanceof Uint8Array) return tagBytes("$bytes", value);
  if (value instanceof ArrayBuffer) return tagBytes("$arraybuffer", value);
  if (ArrayBuffer.isView(value)) return { $typedarray: value.constructor.name, ...tagBytes("$bytes", value) };
  if (value instanceof Set) return { $set: [...value].map(toTagged) };
  if (value instanceof Map) return { $map: [...value].map(([key, item]) => [toTagged(key), toTagged(item)]) };
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Error) return { $error: value.message };
  if (value instanceof Blob) return { $blob: value.type, size: value.size };
  if (Array.isArray(value)) return value.map(toTagged);
  if (Symbol.asyncIterator in value) return { $generator: true };
  // `__rpc_object__` is how the client marks a received stream; it holds the wire form.
  const entries = Object.entries(value).filter(([key]) => key !== "__rpc_object__");
  return Object.fromEntries(entries.map(([key, item]) => [key, toTagged(item)]));
}

/** The inverse, for arguments; besides, `{"$make": kind}` is a value of the table and `{"$pattern": size}` large bytes. */
export function fromTagged(json) {
  if (json === null || typeof json !== "object") return json;
  if (Array.isArray(json)) return json.map(fromTagged);
  if ("$undefined" in json) return undefined;
  if ("$number" in json) return Number(json.$number);
  if ("$bigint" in json) return BigInt(json.$bigint);
  if ("$make" in json) return make(json.$make);
  if ("$pattern" in json) return patternBytes(json.$pattern);
  if ("$typedarray" in json) return new typedArrays[json.$typedarray](bufferOf(json.$bytes));
  if ("$bytes" in json) return new Uint8Array(bufferOf(json.$bytes));
  if ("$arraybuffer" in json) return bufferOf(json.$arraybuffer);
  if ("$set" in json) return new Set(json.$set.map(fromTagged));
  if ("$map" in json) return new Map(json.$map.map((pair) => pair.map(fromTagged)));
  if ("$date" in json) return new Date(json.$date);
  if ("$error" in json) return new Error(json.$error);
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, fromTagged(item)]));
}

function plainNumber(value) {
  return Number.isFinite(value) && !Object.is(value, -0);
}

function tagBytes(tag, value) {
  const bytes = bytesOf(value);
  if (bytes.length <= hexLimit) return { [tag]: bytes.toString("hex") };
  return { [`${tag}_len`]: bytes.length, $sha256: sha256(value) };
}

function bufferOf(hex) {
  const bytes = Buffer.from(hex, "hex");
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
