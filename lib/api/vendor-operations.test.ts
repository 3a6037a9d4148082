import { expect, test } from "vitest";
import { describeApi } from "#lib/api/describe-api.ts";
import { listVendors } from "#lib/vendors/registry.ts";

type Described = { summary: string; parameters: { name: string; in: string }[]; responses: Record<string, unknown> };
const { paths } = describeApi("http://localhost:3000") as { paths: Record<string, Record<string, Described>> };

test("the description knows every documented operation of every vendor", () => {
  for (const vendor of listVendors())
    for (const { path, method, name } of vendor.endpoints)
      expect(paths[`/api/vendors/${vendor.id}${path}`]?.[method.toLowerCase()]?.summary).toContain(name);
});

test("a search is described with its own parameters, the connection, and no header of ours", () => {
  const search = paths["/api/vendors/meditlink/v1/orders/search"]!.get!;
  expect(search.parameters.map((one) => one.name)).toEqual(["size", "page", "start", "end", "status", "connection"]);
  expect(Object.keys(search.responses)).toEqual(["200", "default"]);
});

test("an operation that decides is described as what it is here: a refusal with the way to go", () => {
  const accept = paths["/api/vendors/meditlink/v1/orders/{orderNumber}/accept"]!.put!;
  expect(accept.summary).toContain("/api/orders/{id}/accept");
  expect(Object.keys(accept.responses)).toEqual(["409", "default"]);
});

test("the description is JSON", () => {
  expect(JSON.stringify(paths).length).toBeGreaterThan(10_000);
});
