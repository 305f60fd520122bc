// The command line of peer.mjs.
import { parseArgs } from "node:util";

const usage =
  "usage: node peer.mjs <server_url> [--workspace id] [--token jwt] [--client-id id] [--method-timeout seconds] [--no-services]";

export function readOptions(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      workspace: { type: "string" },
      token: { type: "string" },
      "client-id": { type: "string" },
      "method-timeout": { type: "string" },
      "no-services": { type: "boolean", default: false },
    },
  });
  if (positionals.length !== 1) throw new Error(usage);
  return {
    serverUrl: positionals[0],
    workspace: values.workspace,
    token: values.token,
    clientId: values["client-id"],
    methodTimeout: seconds(values["method-timeout"]),
    provides: !values["no-services"],
  };
}

function seconds(text) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--method-timeout must be a positive number of seconds, not ${text}`);
  return value;
}
