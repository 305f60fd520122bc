// Large values that both sides can compute: no need to keep a copy to compare with.

/** Byte i is (31 i + 7) mod 256. */
export function patternBytes(size) {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = (31 * i + 7) & 0xff;
  return bytes;
}

/** Element i is i / 4, exact as a float64. */
export function patternFloats(length) {
  const floats = new Float64Array(length);
  for (let i = 0; i < length; i++) floats[i] = i / 4;
  return floats;
}
