// Files. They are references into the maker's session, so `echo` of one means nothing; only `make` gives them away.
export const streams = {
  blob: () => new Blob(["spores ", "in a blob"], { type: "text/plain" }),
  file: () => new File([new Uint8Array([0, 1, 2, 255])], "spores.bin", { type: "application/octet-stream" }),
};
