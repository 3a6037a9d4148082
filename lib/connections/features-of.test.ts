import { describe, expect, it } from "vitest";
import { findVendor } from "#lib/vendors/registry.ts";
import { featuresOf } from "./features-of.ts";

const meditlink = findVendor("meditlink")!;
const READING = ["USER", "GROUP", "CASE", "FILE", "ORDER"];
const account = { side: "lab" as const, state: "connected", grantedScopes: READING, missingScopes: [] as string[] };
const statesOf = (change: Partial<typeof account>) =>
  Object.fromEntries(featuresOf(meditlink, { ...account, ...change }).map(({ name, state }) => [name, state]));

describe("what a MeditLink account can do", () => {
  it("is everything that its rights are granted for; a right with no public name that nobody set was not asked for", () => {
    expect(statesOf({})).toEqual({
      orders: "available",
      accept: "not_asked",
      reject: "not_asked",
      files: "available",
      attachments: "not_asked",
      cases: "available",
      group: "available",
      people: "available",
    });
    const managed = statesOf({ grantedScopes: [...READING, "ORDER_MANAGE", "FILE_MANAGE"] });
    expect(Object.values(managed)).toEqual(Object.values(managed).map(() => "available"));
  });

  it("is without what the vendor refused, each by its own right", () => {
    const { cases, accept, attachments, orders } = statesOf({
      grantedScopes: ["USER", "GROUP", "FILE", "ORDER", "FILE_MANAGE"],
      missingScopes: ["CASE", "ORDER_MANAGE"],
    });
    expect({ cases, accept, attachments, orders }).toEqual({
      cases: "not_granted",
      accept: "not_granted",
      attachments: "available",
      orders: "available",
    });
  });

  it("is nothing until somebody signs in again, and of a clinic to cancel instead of accepting", () => {
    const managed = [...READING, "ORDER_MANAGE", "FILE_MANAGE"];
    const asleep = statesOf({ state: "reconnect_needed", grantedScopes: managed });
    expect(new Set(Object.values(asleep))).toEqual(new Set(["account"]));
    const clinic = featuresOf(meditlink, { ...account, side: "clinic", grantedScopes: managed });
    expect(clinic.map(({ name }) => name)).toEqual(expect.arrayContaining(["cancel"]));
    expect(clinic.map(({ name }) => name)).not.toContain("accept");
  });
});

it("a vendor without rights of its own grants everything with the account", () => {
  const cadmus = featuresOf(findVendor("cadmus")!, { ...account, grantedScopes: [], missingScopes: [] });
  expect(cadmus.map(({ name, state }) => `${name} ${state}`)).toEqual([
    "orders available",
    "accept available",
    "reject available",
    "files available",
    "order_form available",
    "portals available",
  ]);
  // Cadmus takes no decisions: they are kept here, and the page says so.
  expect(cadmus.filter(({ keptHere }) => keptHere).map(({ name }) => name)).toEqual(["accept", "reject"]);
});
