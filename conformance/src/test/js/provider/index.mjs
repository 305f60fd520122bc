// The services of this peer.
import { aboutFunctions } from "./about.mjs";
import { callbackFunctions } from "./callbacks.mjs";
import { codecFunctions } from "./codec.mjs";
import { errorFunctions } from "./errors.mjs";
import { generatorFunctions } from "./generators.mjs";
import { interfaceService } from "./interfaces.mjs";
import { largeFunctions } from "./large.mjs";
import { offerService } from "./offers.mjs";
import { plainFunctions } from "./plain.mjs";
import { streamFunctions } from "./streams.mjs";

/** Everything that the scenarios call; a provider in another language has the same functions. */
export function publicService(server, id = "js-provider") {
  return {
    id,
    name: "JavaScript provider",
    description: "Functions for conformance tests.",
    config: { visibility: "public", require_context: ["context"] },
    ...aboutFunctions(server),
    ...plainFunctions,
    ...callbackFunctions,
    ...generatorFunctions,
    ...errorFunctions,
    ...largeFunctions,
    ...streamFunctions,
    ...codecFunctions,
  };
}

/** Only for its own workspace. */
function protectedService() {
  return { id: "js-protected", config: { visibility: "protected" }, secret: () => "spores" };
}

/** Every function receives the context, behind the declared parameters. */
function contextService() {
  return {
    id: "js-context",
    config: { visibility: "public", require_context: true },
    caller: (a, b, context) => ({ a: a ?? null, b: b ?? null, from: context.from }),
  };
}

export async function registerServices(server) {
  const registered = [];
  const makers = [publicService, protectedService, contextService, interfaceService, offerService];
  for (const service of makers.map((make) => make(server))) {
    registered.push((await server.registerService(service)).id);
  }
  return registered;
}
