import { expect, test } from "vitest";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { INITIAL_STATE, viewerReducer } from "../viewer-state.ts";
import { describeMeasurement, describeView, reopen, scansOfFinding } from "./case-view.ts";

const scan = (id: string, jaw: ScanView["jaw"], hash: string) =>
  ({ id, jaw, sha256: hash.repeat(64), state: "ready", biteGroup: null, name: id }) as ScanView;
const ours = [scan("u1", "upper", "a"), scan("l1", "lower", "b")];
/** The same order at the clinic: other ids, the same bytes. */
const theirs = [scan("u2", "upper", "a"), scan("l2", "lower", "b")];
const camera = { target: [1, 2, 3], rotation: [0, 0, 0, 1], spanMm: 60 } as const;

test("a finding of one side opens on the other side's own scans", () => {
  const measurement = {
    id: 4,
    kind: "distance",
    points: [
      { scanId: "u1", point: [0, 0, 0] },
      { scanId: "l1", point: [0, 3, 4] },
    ],
  } as const;
  const state = { ...INITIAL_STATE, openingMm: 5, appearances: { l1: { opacity: 0.5 } } };
  const view = describeView(ours, state, camera);
  const geometry = describeMeasurement(ours, measurement)!;
  expect(scansOfFinding(geometry, view)).toEqual(["a".repeat(64), "b".repeat(64)]);
  const restored = viewerReducer(INITIAL_STATE, { type: "restore", state: reopen(theirs, geometry, view, []) });
  expect(restored.measurements).toEqual([
    {
      id: 1,
      kind: "distance",
      points: [
        { scanId: "u2", point: [0, 0, 0] },
        { scanId: "l2", point: [0, 3, 4] },
      ],
    },
  ]);
  expect(restored.openingMm).toBe(5);
  expect(restored.appearances.l2).toMatchObject({ visibility: "show", opacity: 0.5 });
  const again = viewerReducer(restored, {
    type: "restore",
    state: reopen(theirs, geometry, view, restored.measurements),
  });
  expect(again.measurements).toHaveLength(1);
});

test("what an occlusal view left out stays left out", () => {
  const view = describeView(ours, { ...INITIAL_STATE, only: "upper" }, camera);
  expect(view.shown.map(({ visibility }) => visibility)).toEqual(["show", "hide"]);
});

test("a view that was kept opens with what was shown in it, and no tool", () => {
  const shown = { ...INITIAL_STATE, openingMm: 12, appearances: { u1: { visibility: "ghost" as const } } };
  const view = describeView(ours, shown, camera);
  expect(scansOfFinding({ kind: "view" }, view)).toEqual(["a".repeat(64), "b".repeat(64)]);
  const busy = viewerReducer(INITIAL_STATE, { type: "tool", tool: "contacts" });
  const restored = viewerReducer(busy, { type: "restore", state: reopen(theirs, { kind: "view" }, view, []) });
  expect(restored).toMatchObject({ tool: null, openingMm: 12, appearances: { u2: { visibility: "ghost" } } });
});

test("a section opens with its plane", () => {
  const geometry = {
    kind: "section",
    preset: "sagittal",
    origin: [0, 1, 2],
    normal: [1, 0, 0],
    positionMm: -3.5,
    cutAway: true,
    measurements: [],
  } as const;
  const restored = reopen(ours, geometry, describeView(ours, INITIAL_STATE, camera), []);
  expect(restored).toMatchObject({ tool: "section", section: { preset: "sagittal", positionMm: -3.5, cutAway: true } });
});
