// Logging in by URL: the test plays the person with the browser.
import { login, logout } from "hypha-rpc";
import { printLine } from "./lines.mjs";

/** What the callback gets is printed as an event of the type `login`; the answer is what `login` returns. */
export function logIn(serverUrl, options = {}) {
  return login({ server_url: serverUrl, logger: null, ...options, login_callback: show("login") });
}

export function logOut(serverUrl) {
  return logout({ server_url: serverUrl, logger: null, logout_callback: show("logout") });
}

function show(type) {
  return (context) => printLine({ event: "received", message: { type, ...context } });
}
