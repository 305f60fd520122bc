// What a command line may ask for.
import { connect, connectBeside } from "./connect.mjs";
import { allFacts } from "./facts.mjs";
import { printLine } from "./lines.mjs";
import { fromTagged, toTagged } from "./tagged.mjs";
import { heldSessions } from "./sessions.mjs";
import { findScenario, scenarioList } from "../scenarios/index.mjs";

export class Commands {
  #server;
  #serverUrl;

  constructor(server, serverUrl) {
    this.#server = server;
    this.#serverUrl = serverUrl;
  }

  async run(command) {
    switch (command.cmd) {
      case "call":
        return toTagged(await this.#call(command));
      case "scenarios":
        return scenarioList(command.suite);
      case "scenario":
        return await this.#scenario(command);
      case "listen":
        return this.#listen(command);
      case "state":
        return this.#state();
      default:
        throw new Error(`unknown command: ${command.cmd}`);
    }
  }

  /** Without a service the path is looked up on the server object itself: the manager's methods and the client's helpers. */
  async #call({ service, path, args = [], kwargs }) {
    let method = service ? await this.#server.getService(service) : this.#server;
    for (const step of path.split(".")) method = method?.[step];
    if (typeof method !== "function") throw new Error(`no function ${path} in ${service ?? "the server"}`);
    const values = args.map(fromTagged);
    if (kwargs) values.push({ ...fromTagged(kwargs), _rkwargs: true });
    return await method(...values);
  }

  async #scenario({ name, service }) {
    const scenario = findScenario(name);
    const report = await scenario.run({
      server: this.#server,
      service: service && (await this.#server.getService(service)),
      connectBeside: (options) => connectBeside(this.#server, this.#serverUrl, options),
      connectElsewhere: (options) => connect({ serverUrl: this.#serverUrl, ...options }),
    });
    return { passed: true, ...report };
  }

  /** From now on each event of that type is printed as a line of its own. Broadcasts need the manager's `subscribe` besides. */
  #listen({ type }) {
    this.#server.on(type, ({ ctx, ...message }) => printLine({ event: "received", message: toTagged(message) }));
    return null;
  }

  #state() {
    const rpc = this.#server.rpc;
    const services = Object.keys(rpc.get_all_local_services());
    return toTagged({ ...allFacts(), sessions: heldSessions(rpc), services });
  }
}
