// All scenarios, by name.
import { callbacks, expiredCallback } from "./callbacks.mjs";
import { calls, keywordArguments } from "./calls.mjs";
import { codecs } from "./codec.mjs";
import { context } from "./context.mjs";
import { errors, errorsOfJavaScript } from "./errors.mjs";
import { events } from "./events.mjs";
import { files } from "./streams.mjs";
import { hubScenarios } from "../hub/index.mjs";
import { forwardedReferences, returnedFunctions } from "./functions.mjs";
import { heartbeats, silence } from "./time.mjs";
import { identity } from "./identity.mjs";
import { colors, deepGray, noImages } from "./images.mjs";
import { largeMessages } from "./large.mjs";
import { schemas } from "./schemas.mjs";
import { protectedServices, services } from "./services.mjs";
import { receivedStreams, sentStreams } from "./generators.mjs";
import { arraysWithoutDtype, refusedValues } from "./refused-values.mjs";
import { valuesEcho, valuesMade, valuesThroughCallback } from "./values.mjs";

const all = [
  valuesEcho,
  valuesMade,
  valuesThroughCallback,
  refusedValues,
  arraysWithoutDtype,
  calls,
  keywordArguments,
  callbacks,
  expiredCallback,
  returnedFunctions,
  forwardedReferences,
  receivedStreams,
  sentStreams,
  errors,
  errorsOfJavaScript,
  largeMessages,
  context,
  services,
  schemas,
  protectedServices,
  events,
  heartbeats,
  silence,
  files,
  codecs,
  identity,
];

const suites = { hub: hubScenarios, images: [colors, deepGray, noImages] };

/** Those of the calls between two clients, of the suite "hub", which need no service of somebody else, or of the suite "images". */
export function scenarioList(suite) {
  return (suites[suite] ?? all).map(({ name, needs }) => ({ name, needs }));
}

export function findScenario(name) {
  const scenario = [all, ...Object.values(suites)].flat().find((candidate) => candidate.name === name);
  if (!scenario) throw new Error(`unknown scenario: ${name}`);
  return scenario;
}
