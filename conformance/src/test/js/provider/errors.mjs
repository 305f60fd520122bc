// Every way in which a call can go wrong here.

class SporeError extends Error {
  name = "SporeError";
}

function fail(message) {
  throw new Error(message);
}

async function failLater(message) {
  await null;
  throw new Error(message);
}

function failType() {
  return null.missing;
}

function failNamed(message) {
  throw new SporeError(message);
}

/** The client sends what is thrown as it is: the caller receives a bare string, not an error. */
function failText(message) {
  throw message;
}

/** The client cannot encode this and never answers: the caller's timeout ends the call. */
function returnsUnsendable() {
  return new (class Unsendable {})();
}

export const errorFunctions = { fail, failLater, failType, failNamed, failText, returnsUnsendable };
