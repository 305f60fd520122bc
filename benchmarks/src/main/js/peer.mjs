// A process with one JavaScript client: `<hub> provider`, or `<hub> caller <service id>`. It does what the lines on stdin say; they are
// those of Commands.kt.
import { WebSocket } from "./node-websocket.mjs";
import { createInterface } from "node:readline";
import { connectToServer } from "hypha-rpc";
import { Load } from "./load.mjs";
import { service } from "./provider.mjs";

const [hub, role, id] = process.argv.slice(2);
const server = await connectToServer({ server_url: hub, WebSocketClass: WebSocket, logger: null });
const answer = (line) => process.stdout.write(line + "\n");
let load;

if (role === "provider") {
  const info = await server.registerService(service);
  answer(`ready ${info.id}`);
} else {
  load = new Load(await server.getService(id));
  await load.check();
  answer("ready");
}

for await (const line of createInterface({ input: process.stdin, terminal: false })) {
  const [what, inFlight, millis] = line.split(" ");
  answer(what === "allocated" ? "-" : await load.run(what, Number(inFlight), Number(millis)));
}
await server.disconnect();
process.exit();
