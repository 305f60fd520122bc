// A JavaScript client under the control of a test, by JSON lines on stdin and stdout: see README.md beside this file.
import "./peer/node-websocket.mjs";
import { textOf } from "./peer/check.mjs";
import { Commands } from "./peer/commands.mjs";
import { connect } from "./peer/connect.mjs";
import { recordStrayError } from "./peer/facts.mjs";
import { printLine, readLines } from "./peer/lines.mjs";
import { readOptions } from "./peer/options.mjs";
import { pointCodec } from "./provider/codec.mjs";
import { registerServices } from "./provider/index.mjs";

// The client leaves rejections of its own replies unhandled (a result that it cannot encode, for one); they must not end the process.
process.on("unhandledRejection", recordStrayError);
// It throws inside socket handlers too, where no promise catches it: for a wrong workspace in the handshake, for one.
process.on("uncaughtException", fail);

async function fail(error) {
  await printLine({ event: "failed", message: textOf(error) });
  process.exit(1);
}

async function start() {
  const options = readOptions(process.argv.slice(2));
  const server = await connect(options);
  server.registerCodec(pointCodec);
  const services = options.provides ? await registerServices(server) : [];
  const commands = new Commands(server, options.serverUrl);

  const leave = async () => {
    await server.disconnect();
    process.exit(0);
  };
  readLines(async (command) => {
    const { id } = command;
    if (command.cmd === "close") {
      await printLine({ id, ok: null });
      await leave();
      return;
    }
    try {
      await printLine({ id, ok: (await commands.run(command)) ?? null });
    } catch (error) {
      await printLine({ id, error: textOf(error) });
    }
  }, leave);
  await printLine({ event: "ready", workspace: server.config.workspace, clientId: server.rpc._client_id, services });
}

start().catch(fail);
