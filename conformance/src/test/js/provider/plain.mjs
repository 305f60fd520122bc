// Values and arguments.
import { schemaFunction } from "hypha-rpc";
import { describe as describeValue } from "../peer/describe.mjs";
import { kindNames, make as makeValue } from "../values/index.mjs";

function echo(x) {
  return x;
}

const add = schemaFunction(
  function add(a, b) {
    return a + b;
  },
  {
    name: "add",
    description: "Adds two numbers.",
    parameters: { type: "object", properties: { a: { type: "number" }, b: { type: "number" } }, required: ["a", "b"] },
  },
);

/** The client assigns keyword arguments to these parameter names; a missing one is reported as null. */
function kwargs(a, b, scale, label) {
  return { a: a ?? null, b: b ?? null, scale: scale ?? null, label: label ?? null };
}

function describe(x) {
  return describeValue(x);
}

function make(kind) {
  return makeValue(kind);
}

function kinds() {
  return kindNames();
}

export const plainFunctions = { echo, add, kwargs, describe, make, kinds, math: { mul: (a, b) => a * b } };
