// What two JavaScript clients need of a hub, by idea. None of it involves a client in another language.
import { tokens } from "./tokens.mjs";
import { readOnly } from "./read-only.mjs";
import { broadcasts, systemEvents } from "./events.mjs";
import { lists, search } from "./lists.mjs";
import { lookups } from "./lookups.mjs";
import { permissions } from "./permissions.mjs";
import { workspaces } from "./workspaces.mjs";
import { environment, eventLog, serviceTypes } from "./keeping.mjs";
import { clients } from "./clients.mjs";

export const hubScenarios = [
  tokens,
  readOnly,
  broadcasts,
  systemEvents,
  lists,
  search,
  lookups,
  permissions,
  workspaces,
  environment,
  eventLog,
  serviceTypes,
  clients,
];
