// One JSON object a line: commands on stdin, answers and events on stdout.
import { createInterface } from "node:readline";

export function printLine(message) {
  return new Promise((resolve) => process.stdout.write(JSON.stringify(message) + "\n", resolve));
}

/** Calls `onLine` for each command and `onEnd` once stdin is closed. A line that is no JSON object is answered with an error. */
export function readLines(onLine, onEnd) {
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on("line", (line) => {
    if (line.trim() === "") return;
    let command;
    try {
      command = JSON.parse(line);
    } catch (error) {
      printLine({ id: null, error: `not a JSON line: ${error.message}` });
      return;
    }
    onLine(command);
  });
  lines.on("close", onEnd);
}
