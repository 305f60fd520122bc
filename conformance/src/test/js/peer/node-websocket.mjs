// Prepares Node for hypha-rpc. Import this before hypha-rpc.
//
// The client reads `WebSocket.OPEN` from the global scope even when a WebSocketClass is passed, and Node 20 has no such global. Newer
// Nodes have one of their own: it is replaced, so that every Node runs the same implementation.
import WebSocket from "ws";

globalThis.WebSocket = WebSocket;

// The client logs through console.log and console.info, even with `logger: null`; stdout carries nothing but our JSON lines.
console.log = console.error;
console.info = console.error;
console.debug = console.error;

export { WebSocket };
