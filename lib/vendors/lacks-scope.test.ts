import { expect, test } from "vitest";
import { lacksScope } from "#lib/vendors/lacks-scope.ts";
import { meditlink } from "#lib/vendors/meditlink/connector.ts";

const endpoint = (name: string) => meditlink.endpoints.find((one) => one.name === name);

test.each([
  ["acceptOrder", "ORDER_MANAGE", true],
  ["acceptOrder", "MANAGE_ORDER", true],
  ["acceptOrder", "FILE_MANAGE", false],
  ["acceptOrder", "ORDER", false],
  ["getOrder", "ORDER", true],
  ["getOrder", "ORDER_MANAGE", false],
  ["registerFile", "FILE_WRITE", true],
  ["registerFile", "FILE", false],
  ["getFile", "FILE", true],
])("%s without %s: lacking is %s", (name, missing, lacking) => {
  expect(lacksScope(endpoint(name), ["USER", missing])).toBe(lacking);
});

test("with everything granted nothing is lacking", () => {
  expect(meditlink.endpoints.some((one) => lacksScope(one, []))).toBe(false);
});

test("what attaching needs is the operation that announces a file", () => {
  const attaching = meditlink.endpoints.filter((one) => one.attaches).map((one) => one.name);
  expect(attaching).toEqual(["registerFile"]);
});
