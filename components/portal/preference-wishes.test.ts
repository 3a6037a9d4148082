import { expect, test } from "vitest";
import { DEFAULT_PREFERENCES } from "#lib/preferences/default-preferences.ts";
import { type PreferenceWishes, settleWish, shownPreferences } from "./preference-wishes.ts";

const compact = { density: "compact" } as const;
const comfortable = { density: "comfortable" } as const;
const byDay = { grouping: "due" } as const;
const given = (...wishes: PreferenceWishes["wishes"]): PreferenceWishes => ({
  kept: { ...DEFAULT_PREFERENCES, density: "comfortable", grouping: "none" },
  wishes,
});

test("a wish is shown before it is kept, and the newest counts", () => {
  expect(shownPreferences(given(compact))).toMatchObject(compact);
  expect(shownPreferences(given(compact, byDay, comfortable))).toMatchObject({ ...comfortable, ...byDay });
});

test("a wish that fails puts back what is kept, and nothing that was wished since", () => {
  expect(shownPreferences(settleWish(given(compact), compact, false))).toMatchObject(comfortable);
  const again = { ...compact };
  expect(shownPreferences(settleWish(given(compact, again), compact, false))).toMatchObject(compact);
  expect(shownPreferences(settleWish(given(comfortable, compact), comfortable, false))).toMatchObject(compact);
});

test("what is kept stays when a later wish fails", () => {
  const kept = settleWish(given(compact, comfortable), compact, true);
  expect(shownPreferences(kept)).toMatchObject(comfortable);
  expect(shownPreferences(settleWish(kept, comfortable, false))).toMatchObject(compact);
});
