// Prepares Node for hypha-rpc. Import this before hypha-rpc, which reads `WebSocket.OPEN` from the global scope; Node 20 has none.
import WebSocket from "ws";

globalThis.WebSocket = WebSocket;

// The client logs even without a logger; stdout is for answers.
console.log = console.error;
console.info = console.error;
console.debug = console.error;

export { WebSocket };
