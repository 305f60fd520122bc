// Values that a JavaScript client cannot send. `local` ones fail at the sender at once; the others leave it as something that no
// JavaScript client can decode.
class Spore {
  colour = "white";
}

export const unsendable = {
  bigint: { local: true, make: () => 10n, message: /Unrecognized object: \[object BigInt\]/ },
  "bigint zero": { local: true, make: () => 0n, message: /Failed to encode object/ },
  symbol: { local: true, make: () => Symbol("s"), message: /Unrecognized object: \[object Symbol\]/ },
  "class instance": { local: true, make: () => new Spore(), message: /Unsupported data type: \[object Object\]/ },
  "class instance in a list": { local: true, make: () => [1, new Spore()], message: /Unsupported data type/ },
  promise: { local: true, make: () => Promise.resolve(1), message: /Unsupported data type: \[object Promise\]/ },
  "object without prototype": {
    local: true,
    make: () => Object.create(null),
    message: /Cannot convert object to primitive value/,
  },
  "too deep list": { local: true, make: tooDeep, message: /Too deep objects in depth 101/ },
  // They travel as typed arrays without a dtype.
  bigint64array: { local: false, make: () => new BigInt64Array([1n, -1n]), message: /unsupported dtype: null/ },
  biguint64array: { local: false, make: () => new BigUint64Array([1n]), message: /unsupported dtype: null/ },
  uint8clampedarray: { local: false, make: () => new Uint8ClampedArray([1, 2, 3]), message: /unsupported dtype: null/ },
};

function tooDeep() {
  let value = 1;
  for (let i = 0; i < 101; i++) value = [value];
  return value;
}
