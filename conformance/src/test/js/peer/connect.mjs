// Connections of this process.
import { WebSocket } from "./node-websocket.mjs";
import { connectToServer } from "hypha-rpc";

/** Undefined options are left to the client's defaults (its method timeout is 30 s). */
export function connect({ serverUrl, workspace, token, clientId, methodTimeout }) {
  return connectToServer({
    server_url: serverUrl,
    workspace,
    token,
    client_id: clientId,
    method_timeout: methodTimeout,
    WebSocketClass: WebSocket,
    logger: null,
  });
}

/** Another client in the workspace of `server`; a token is the only way in, because anonymous users each get a workspace of their own. */
export async function connectBeside(server, serverUrl, options = {}) {
  const token = await server.generateToken();
  return connect({ serverUrl, workspace: server.config.workspace, token, ...options });
}
