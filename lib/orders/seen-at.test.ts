import { expect, it } from "vitest";
import { seenAt } from "./seen-at.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 9, minute));

it("an order that did not change is as fresh as the last proved sync, where the vendor lists what changed", () => {
  expect(seenAt({ vendor: "meditlink", syncedAt: at(0), connection: { cursor: at(30) } })).toEqual(at(30));
  expect(seenAt({ vendor: "meditlink", syncedAt: at(40), connection: { cursor: at(30) } })).toEqual(at(40));
  expect(seenAt({ vendor: "meditlink", syncedAt: at(0), connection: { cursor: null } })).toEqual(at(0));
});

it("an order of a vendor that cannot say what changed is as fresh as its own last read", () => {
  expect(seenAt({ vendor: "cadmus", syncedAt: at(0), connection: { cursor: at(30) } })).toEqual(at(0));
});
