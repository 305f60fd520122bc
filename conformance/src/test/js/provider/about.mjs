// Who answers, and what the hub says about who asks.

/** `language` tells the scenarios what to expect where clients differ. */
export function aboutFunctions(server) {
  return {
    version: "1.0",
    language: "js",
    whoami: () => ({ language: "js", workspace: server.config.workspace, clientId: server.rpc._client_id }),
    /** Listed under `require_context`, so the client appends the context to the arguments. */
    context: (a, b, context) => ({ a: a ?? null, b: b ?? null, context }),
    /** Sends an event as this client: to everybody who subscribed (`*`), or to one client. */
    emitEvent: async (type, to, data) => {
      await server.emit({ type, to, data });
    },
  };
}
