// SHA-256 of exactly the bytes that a value shows, as lower-case hex.
import { createHash } from "node:crypto";

export function sha256(value) {
  return createHash("sha256").update(bytesOf(value)).digest("hex");
}

/** The bytes of text (UTF-8), of an ArrayBuffer or of any view; a view's offset and length are respected. */
export function bytesOf(value) {
  if (typeof value === "string") return Buffer.from(value, "utf8");
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
