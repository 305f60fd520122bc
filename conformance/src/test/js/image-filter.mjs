// Has the ImageFilter of the samples invert a picture: node src/test/js/image-filter.mjs <service id> [<server url>]
import { connectToServer } from "hypha-rpc";
import WebSocket from "ws";

globalThis.WebSocket = WebSocket; // where the client looks for it; browsers have one
const [id, url = "http://127.0.0.1:9527"] = process.argv.slice(2);
const server = await connectToServer({ server_url: url });

// tag::image-filter[]
const [height, width] = [32, 64];
const pixels = new Uint8Array(height * width * 3).fill(200); // red, green, blue, red …
const image = { _rtype: "ndarray", _rvalue: pixels, _rshape: [height, width, 3], _rdtype: "uint8" };

const filters = await server.getService(id);
const inverted = await filters.invert(image);
console.log(`${inverted._rdtype} of ${inverted._rshape.join(" × ")}, beginning with ${inverted._rvalue.slice(0, 3)}`);
// end::image-filter[]

await server.disconnect();
