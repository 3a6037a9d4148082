import { expect, test } from "vitest";
import { matchEndpoint } from "#lib/vendors/match-endpoint.ts";
import { listVendors } from "#lib/vendors/registry.ts";

const find = (vendor: string, method: string, path: string) => {
  const match = matchEndpoint(listVendors().find((one) => one.id === vendor)!.endpoints, method, path);
  return match && [match.endpoint.name, match.params];
};

test.each([
  ["meditlink", "GET", "/v1/me", ["getMe", {}]],
  ["meditlink", "GET", "/me", ["getMe", {}]],
  ["meditlink", "GET", "/v1/orders/search", ["searchOrders", {}]],
  ["meditlink", "GET", "/v1/orders/3706720", ["getOrder", { orderNumber: "3706720" }]],
  ["meditlink", "GET", "/v1/groups/T05F%2BC%3D%3D%2Fx", ["getGroup", { groupUuid: "T05F+C==/x" }]],
  ["meditlink", "PUT", "/v1/orders/7/accept", ["acceptOrder", { orderNumber: "7" }]],
  ["cadmus", "GET", "/unified-cases/42/files/DS%20Core.stl", ["getFile", { id: "42", filename: "DS Core.stl" }]],
])("%s %s %s is an operation", (vendor, method, path, match) => {
  expect(find(vendor, method, path)).toEqual(match);
});

test.each([
  ["meditlink", "GET", "/v1/admin"],
  ["meditlink", "POST", "/v1/me"],
  ["meditlink", "GET", "/v2/me"],
  ["meditlink", "GET", "/v1/v1/me"],
  ["meditlink", "GET", "/v1/me/"],
  ["meditlink", "GET", "//v1/me"],
  ["meditlink", "GET", "/v1/orders/.."],
  ["meditlink", "GET", "/v1/orders/%2e%2e"],
  ["meditlink", "GET", "/v1/orders/"],
  ["meditlink", "GET", "/v1/orders/%E0%A4%A"],
  ["meditlink", "GET", "/v1/orders/7/accept"],
  ["meditlink", "TRACE", "/v1/me"],
  ["cadmus", "POST", "/auth/login"],
  ["cadmus", "GET", "/v1/me"],
])("F56: %s %s %s is none", (vendor, method, path) => {
  expect(find(vendor, method, path)).toBeNull();
});
