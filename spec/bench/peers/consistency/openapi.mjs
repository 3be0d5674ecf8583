/** The plain JSON server as an OpenAPI document, for orval. */
const integer = (name) => ({ name, in: "query", required: true, schema: { type: "integer" } });
const ok = (schema) => ({
  200: { description: "OK", content: { "application/json": { schema } } },
});
const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const list = (items) => ({ type: "array", items });
const object = (properties) => ({
  type: "object",
  required: Object.keys(properties),
  properties,
});
const read = (operationId, schema, ...parameters) => ({
  [`/rest/${operationId}`]: {
    get: { operationId, parameters: parameters.map(integer), responses: ok(schema) },
  },
});
const text = { type: "string" };
const whole = { type: "integer" };

export const document = {
  openapi: "3.1.0",
  info: { title: "The page of the benchmark", version: "1" },
  paths: {
    ...read("person_profile", ref("Person"), "person_id"),
    ...read("team_members", list(ref("Person")), "team_id"),
    ...read("directory_people", list(ref("Person"))),
    ...read("board_assignees", list(ref("Person"))),
    ...read("person_orders", list(ref("Order")), "person_id"),
    ...read("latest_news", list(ref("Order"))),
    "/rest/rename_person": {
      post: {
        operationId: "rename_person",
        requestBody: {
          required: true,
          content: { "application/json": { schema: ref("Rename") } },
        },
        responses: ok(ref("Person")),
      },
    },
  },
  components: {
    schemas: {
      Person: object({ id: whole, team_id: whole, name: text, role: text }),
      Order: object({ id: whole, title: text }),
      Rename: object({ person_id: whole, name: text }),
    },
  },
};
