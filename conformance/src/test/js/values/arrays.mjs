// Numeric arrays: typed arrays, and n-dimensional ones, which a client without an array library keeps as the map on the wire.
import { kind } from "./kind.mjs";
import { bytesOf } from "../peer/checksum.mjs";

const samples = {
  int8array: new Int8Array([-128, -1, 0, 127]),
  int16array: new Int16Array([-32768, -1, 0, 32767]),
  uint16array: new Uint16Array([0, 1, 65535]),
  int32array: new Int32Array([-2147483648, 0, 2147483647]),
  uint32array: new Uint32Array([0, 1, 4294967295]),
  float32array: new Float32Array([0, -0, 1.5, NaN, Infinity, 3.4028234663852886e38]),
  float64array: new Float64Array([0, -0, 0.1, NaN, -Infinity, Number.MAX_VALUE]),
};

const typed = Object.fromEntries(Object.entries(samples).map(([name, array]) => [name, kind(() => array.slice())]));

export const arrays = {
  ...typed,
  "empty float64array": kind(() => new Float64Array(0)),
  // The client sends the whole buffer behind the view: one element becomes four.
  "typed array view": kind(() => new Float32Array([1, 2, 3, 4]).subarray(1, 2), {
    throughJs: () => new Float32Array([1, 2, 3, 4]),
  }),
  "ndarray float32": kind(() => ndarray(new Float32Array([1, 2, 3, 4, 5, 6]), [2, 3], "float32")),
  "ndarray int64": kind(() => ndarray(new BigInt64Array([-1n, 2n ** 62n]), [2], "int64")),
  "ndarray uint64": kind(() => ndarray(new BigUint64Array([0n, 2n ** 64n - 1n]), [2], "uint64")),
  "ndarray bool": kind(() => ndarray(new Uint8Array([1, 0, 1, 1]), [2, 2], "bool")),
  "ndarray complex64": kind(() => ndarray(new Float32Array([1, -1, 0.5, 2]), [2], "complex64")),
  "ndarray without dimensions": kind(() => ndarray(new Float64Array([2.5]), [], "float64")),
  "ndarray without elements": kind(() => ndarray(new Float32Array(0), [0, 3], "float32")),
};

function ndarray(elements, shape, dtype) {
  return { _rtype: "ndarray", _rvalue: new Uint8Array(bytesOf(elements)), _rshape: shape, _rdtype: dtype };
}
