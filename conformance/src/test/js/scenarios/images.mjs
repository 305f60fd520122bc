// Pictures for the ImageFilter of the samples: arrays of height × width × 3 colors, or of height × width grays.
import { Checks, check, equal, rejects } from "../peer/check.mjs";

const [height, width] = [37, 53];

/** A gradient with a red, a green and a blue edge. */
function picture() {
  const pixels = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.set([x * 4, y * 6, 255 - ((x + y) % 256)], (y * width + x) * 3);
  }
  return pixels;
}

const array = (elements, shape, dtype) => ({
  _rtype: "ndarray",
  _rvalue: new Uint8Array(elements.buffer),
  _rshape: shape,
  _rdtype: dtype,
});

function equalShape(answer, shape, dtype) {
  equal([answer._rtype, answer._rshape, answer._rdtype], ["ndarray", shape, dtype], "the array");
}

/** Rounding is the filter's own affair: one step more or less is fine. */
function close(actual, expected, what) {
  equal(actual.length, expected.length, `length of ${what}`);
  const at = actual.findIndex((value, i) => Math.abs(value - expected[i]) > 1);
  check(at < 0, `${what}: element ${at} is ${actual[at]}, not ${expected[at]}`);
}

/** The mean of nine pixels; the edges stay. */
function blurred(pixels, channels) {
  const at = (x, y, c) => pixels[(y * width + x) * channels + c];
  return pixels.map((value, i) => {
    const [x, y, c] = [Math.floor(i / channels) % width, Math.floor(i / channels / width), i % channels];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return value;
    let sum = 0;
    for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) sum += at(x + dx, y + dy, c);
    return sum / 9;
  });
}

export const colors = {
  name: "images: colors",
  needs: ["invert", "blur", "grayscale"],
  async run({ service }) {
    const checks = new Checks();
    const pixels = picture();
    const image = () => array(pixels, [height, width, 3], "uint8");
    await checks.part("inverted", async () => {
      const answer = await service.invert(image());
      equalShape(answer, [height, width, 3], "uint8");
      equal(answer._rvalue, pixels.map((value) => 255 - value), "pixels");
    });
    await checks.part("inverted twice, by name", async () => {
      const answer = await service.invert({ image: await service.invert(image()), _rkwargs: true });
      equal(answer._rvalue, pixels, "pixels");
    });
    await checks.part("blurred", async () => {
      const answer = await service.blur(image());
      equalShape(answer, [height, width, 3], "uint8");
      close(answer._rvalue, blurred(pixels, 3), "pixels");
    });
    await checks.part("gray", async () => {
      const answer = await service.grayscale(image());
      equalShape(answer, [height, width], "uint8");
      const gray = new Uint8Array(height * width).map((_, i) => {
        const [red, green, blue] = pixels.subarray(3 * i, 3 * i + 3);
        return 0.299 * red + 0.587 * green + 0.114 * blue;
      });
      close(answer._rvalue, gray, "pixels");
    });
    return checks.report();
  },
};

export const deepGray = {
  name: "images: 16-bit gray",
  needs: ["invert", "blur", "grayscale"],
  async run({ service }) {
    const checks = new Checks();
    const pixels = new Uint16Array(height * width).map((_, i) => (i * 2654435761) % 65536);
    const image = () => array(pixels, [height, width], "uint16");
    const grays = ({ _rvalue: { buffer, byteOffset, byteLength } }) =>
      new Uint16Array(buffer.slice(byteOffset, byteOffset + byteLength));
    await checks.part("inverted", async () => {
      const answer = await service.invert(image());
      equalShape(answer, [height, width], "uint16");
      equal(grays(answer), pixels.map((value) => 65535 - value), "pixels");
    });
    await checks.part("blurred", async () => close(grays(await service.blur(image())), blurred(pixels, 1), "pixels"));
    await checks.part("gray already", async () => equal(grays(await service.grayscale(image())), pixels, "pixels"));
    return checks.report();
  },
};

export const noImages = {
  name: "images: what is none",
  needs: ["invert"],
  async run({ service }) {
    const checks = new Checks();
    await checks.part("a row of numbers", () =>
      rejects(service.invert(new Float32Array(12)), /its shape is height × width/, "invert"),
    );
    await checks.part("floats", () =>
      rejects(service.invert(array(new Float32Array(12), [3, 4], "float32")), /pixels are uint8/, "invert"),
    );
    await checks.part("text", () => rejects(service.invert("picture"), /Expected an array, found text/, "invert"));
    return checks.report();
  },
};
