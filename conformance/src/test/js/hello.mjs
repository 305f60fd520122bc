// Calls the HelloService of the samples: node src/test/js/hello.mjs <service id> [<server url>]
// tag::hello[]
import { connectToServer } from "hypha-rpc";
import WebSocket from "ws";

globalThis.WebSocket = WebSocket; // where the client looks for it; browsers have one
const [id, url = "http://127.0.0.1:9527"] = process.argv.slice(2);
const server = await connectToServer({ server_url: url });

const hello = await server.getService(id);
console.log(await hello.hello("John"));
console.log(await hello.add(40));
for await (const item of await hello.count(0, 3)) console.log(`item ${item}`);
await hello.work(4, (part) => console.log(`done ${part}`));

await server.disconnect();
// end::hello[]
