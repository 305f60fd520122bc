// Schemas of functions: on the function itself, and in what the server keeps of the service.
import { Checks, equal } from "../peer/check.mjs";

const number = { type: "number" };

/** What a schema means: descriptions that are empty say nothing. */
function meaning({ name, description, parameters }) {
  const properties = Object.entries(parameters.properties).map(([key, value]) => [
    key,
    Object.fromEntries(Object.entries(value).filter(([word, text]) => word !== "description" || text)),
  ]);
  const { type, required } = parameters;
  return { name, description, parameters: { type, properties: Object.fromEntries(properties), required } };
}

export const schemas = {
  name: "schemas",
  needs: ["add"],
  async run({ server, service }) {
    const checks = new Checks();
    const add = {
      name: "add",
      description: "Adds two numbers.",
      parameters: { type: "object", properties: { a: number, b: number }, required: ["a", "b"] },
    };
    await checks.part("on the function", () => equal(meaning(service.add.__schema__), add, "__schema__"));
    await checks.part("in the service info", async () => {
      const info = await server.getServiceInfo(service.id);
      const schema = info.service_schema ?? info.serviceSchema;
      equal([schema.add.type, meaning(schema.add.function)], ["function", add], "service_schema.add");
    });
    await checks.part("in the list of services", async () => {
      const listed = (await server.listServices()).find((info) => info.id === service.id);
      equal(meaning(listed.service_schema.add.function), add, "service_schema.add");
    });
    return checks.report();
  },
};
