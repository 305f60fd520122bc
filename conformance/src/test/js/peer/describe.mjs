// How a value looks to JavaScript, in plain text, numbers, lists and maps: what the other side asserts on.
import { bytesOf, sha256 } from "./checksum.mjs";

export function describe(value) {
  if (value === null) return { type: "null" };
  if (typeof value === "string")
    return { type: "string", length: value.length, value: value.slice(0, 200), sha256: sha256(value) };
  if (typeof value === "number") return { type: "number", value: Object.is(value, -0) ? "-0" : String(value) };
  if (typeof value === "function") return describeFunction(value);
  if (typeof value !== "object") return { type: typeof value, value: String(value) };
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return describeBytes(value);
  if (Array.isArray(value)) return { type: "Array", length: value.length, items: value.map(describe) };
  if (value instanceof Set) return { type: "Set", items: [...value].map(describe) };
  if (value instanceof Map) return { type: "Map", entries: [...value].map((pair) => pair.map(describe)) };
  if (value instanceof Date) return { type: "Date", epochMillis: value.getTime(), iso: value.toISOString() };
  if (value instanceof Error) return { type: "Error", message: value.message };
  if (value instanceof Blob) return { type: "Blob", size: value.size, mediaType: value.type };
  if (Symbol.asyncIterator in value) return { type: "AsyncGenerator" };
  return describeObject(value);
}

function describeBytes(value) {
  const bytes = bytesOf(value);
  const length = value.length ?? bytes.length;
  return { type: value.constructor.name, length, byteLength: bytes.length, sha256: sha256(value) };
}

function describeFunction(value) {
  const wire = value.__rpc_object__ ?? {};
  return {
    type: "function",
    name: value.__name__ ?? value.name,
    keys: Object.keys(wire),
    target: wire._rtarget,
    method: wire._rmethod,
  };
}

function describeObject(value) {
  const entries = Object.entries(value).filter(([key]) => key !== "__rpc_object__");
  const described = {
    type: value.constructor?.name ?? "none",
    entries: Object.fromEntries(entries.map(([key, item]) => [key, describe(item)])),
  };
  // The client leaves the wire form of a received stream under this key.
  if (value.__rpc_object__) described.wireType = value.__rpc_object__._rtype;
  return described;
}
