// Files, read remotely.

/** Whatever arrives when a file is passed: a Blob (the client reads a JavaScript one whole), or an object with a remote `read`. */
async function readStream(stream) {
  const chunks = [];
  if (stream instanceof Blob) {
    chunks.push(new Uint8Array(await stream.arrayBuffer()));
  } else {
    for (;;) {
      const chunk = await stream.read(65536);
      if (!chunk || chunk.byteLength === 0) break;
      chunks.push(chunk);
    }
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function openStream(bytes) {
  return new Blob([bytes], { type: "application/octet-stream" });
}

export const streamFunctions = { readStream, openStream };
