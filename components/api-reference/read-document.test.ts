import { describe, expect, it } from "vitest";
import { describeApi } from "#lib/api/describe-api.ts";
import { OPERATIONS } from "#lib/api/operations.ts";
import { vendorOperations } from "#lib/api/vendor-operations.ts";
import { type ApiDocument, fieldsOf, nameType, readOperations, resolveSchema, sampleOf } from "./read-document.ts";

const document = JSON.parse(JSON.stringify(describeApi("http://localhost:3000"))) as ApiDocument;
const operations = readOperations(document);
const find = (method: string, path: string) => operations.find((one) => one.method === method && one.path === path)!;

describe("the API's description, read for the page", () => {
  it("lists every operation once, with an address of its own", () => {
    expect(operations).toHaveLength(OPERATIONS.length + vendorOperations().length);
    expect(new Set(operations.map((one) => one.id)).size).toBe(operations.length);
    expect(operations.filter((one) => one.group === "" || one.permission === "")).toEqual([]);
  });

  it("groups what is ours by its noun, and each vendor's by its name", () => {
    expect(find("GET", "/api/orders").group).toBe("orders");
    expect(find("GET", "/api/vendors/meditlink/v1/me").group).toBe("MeditLink");
    expect(find("GET", "/api/vendors/cadmus/portals/ios").group).toBe("Cadmus");
  });

  it("knows parameters, body and answers", () => {
    const list = find("GET", "/api/orders");
    expect(list.parameters.map(({ name }) => name)).toContain("status");
    const accept = find("POST", "/api/orders/{id}/accept");
    expect(accept.parameters).toMatchObject([{ name: "id", in: "path", required: true }]);
    expect(accept.body?.media).toBe("application/json");
    expect(accept.answers.map(({ status }) => status)).toEqual(["202", "default"]);
    const refusal = resolveSchema(document, accept.answers[1]!.schema!);
    expect(fieldsOf(refusal).map(({ name }) => name)).toContain("requestId");
  });
});

describe("a schema in a few words", () => {
  it.each([
    [{ type: "string", format: "uuid" }, "string (uuid)"],
    [{ enum: ["stl", "obj"] }, '"stl" | "obj"'],
    [{ anyOf: [{ type: "integer" }, { type: "null" }] }, "integer | null"],
    [{ type: "array", items: { type: "string" } }, "array of string"],
    [{ $ref: "#/components/schemas/Problem" }, "Problem"],
    [{}, "any"],
  ])("%j is %s", (schema, words) => {
    expect(nameType(schema)).toBe(words);
  });

  it("has its fields, also inside lists and beside null", () => {
    const person = {
      type: "object",
      properties: { name: { type: "string" }, age: { type: "integer" } },
      required: ["name"],
    };
    const names = [
      { name: "name", required: true },
      { name: "age", required: false },
    ];
    expect(fieldsOf(person)).toMatchObject(names);
    expect(fieldsOf({ type: "array", items: person })).toMatchObject(names);
    expect(fieldsOf({ anyOf: [person, { type: "null" }] })).toMatchObject(names);
    expect(fieldsOf({ type: "string" })).toEqual([]);
    expect(sampleOf(person)).toEqual({ name: "" });
  });
});
