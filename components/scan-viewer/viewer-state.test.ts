import { describe, expect, test } from "vitest";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import {
  appearanceOf,
  biteGroupsOf,
  drawnScans,
  INITIAL_STATE,
  measuredValue,
  type ViewerAction,
  viewerReducer,
} from "./viewer-state.ts";

function scan(id: string, jaw: ScanView["jaw"], more: Partial<ScanView> = {}): ScanView {
  return { id, jaw, name: `${id}.stl`, triangles: 1000, biteGroup: null, state: "ready", ...more } as ScanView;
}

const stateAfter = (...actions: ViewerAction[]) => actions.reduce(viewerReducer, INITIAL_STATE);
const drawn = (scans: ScanView[], state = INITIAL_STATE) => drawnScans(scans, state).map(({ id }) => id);
const mouth = [scan("u", "upper"), scan("l", "lower"), scan("b", "bite"), scan("o", "other")];

describe("what is drawn of a case", () => {
  test("is the upper and the lower jaw at first", () => {
    expect(drawn(mouth)).toEqual(["u", "l"]);
  });

  test("is the first of two scans of one jaw, and the second when the first failed", () => {
    const two = [scan("u1", "upper"), scan("u2", "upper")];
    expect(drawn(two)).toEqual(["u1"]);
    expect(drawn([scan("u1", "upper", { state: "failed" }), scan("u2", "upper")])).toEqual(["u2"]);
  });

  test("is everything when there is no jaw", () => {
    expect(drawn([scan("a", null), scan("b", "bite")])).toEqual(["a", "b"]);
  });

  test("is what somebody opened here too, unless its name says that it is something else", () => {
    const files = [...mouth, scan("face", null), scan("crown_26_design", null)];
    expect(drawn(files)).toEqual(["u", "l"]);
    expect(drawn(files, { ...INITIAL_STATE, showsUnplaced: true })).toEqual(["u", "l", "face"]);
  });

  test("leaves out what is not ready", () => {
    expect(drawn([scan("u", "upper", { state: "fetching" }), scan("l", "lower")])).toEqual(["l"]);
  });

  test("follows what the person shows, makes a ghost of, or hides", () => {
    const state = stateAfter(
      { type: "appearance", scanId: "u", change: { visibility: "hide" } },
      { type: "appearance", scanId: "b", change: { visibility: "ghost" } },
    );
    expect(drawn(mouth, state)).toEqual(["l", "b"]);
    expect(appearanceOf(mouth[2]!, mouth, state).visibility).toBe("ghost");
  });

  test("is one jaw in an occlusal view, until the person shows another scan", () => {
    const occlusal = stateAfter({ type: "only", jaw: "upper" });
    expect(drawn(mouth, occlusal)).toEqual(["u"]);
    const shown = viewerReducer(occlusal, { type: "appearance", scanId: "b", change: { visibility: "show" } });
    expect(drawn(mouth, shown)).toEqual(["u", "l", "b"]);
    const fainter = viewerReducer(occlusal, { type: "appearance", scanId: "u", change: { opacity: 0.5 } });
    expect(drawn(mouth, fainter)).toEqual(["u"]);
  });

  test("is one bite group at a time, with the scans that belong to none", () => {
    const scans = [
      scan("u-co", "upper", { biteGroup: "CO" }),
      scan("u-cr", "upper", { biteGroup: "CR" }),
      scan("l", "lower"),
    ];
    expect(biteGroupsOf(scans)).toEqual(["CO", "CR"]);
    expect(drawn(scans)).toEqual(["u-co", "l"]);
    expect(drawn(scans, stateAfter({ type: "biteGroup", group: "CR" }))).toEqual(["u-cr", "l"]);
  });
});

describe("measuring a distance", () => {
  const from = { scanId: "u", point: [0, 0, 0] as const };
  const to = { scanId: "l", point: [3, 4, 12] as const };

  test("takes two points and gives millimetres", () => {
    const state = stateAfter(
      { type: "tool", tool: "distance" },
      { type: "pick", picked: from },
      { type: "pick", picked: to },
    );
    expect(state.draft).toEqual([]);
    expect(state.measurements).toEqual([{ id: 1, kind: "distance", points: [from, to] }]);
    expect(measuredValue(state.measurements[0]!)).toBe(13);
  });

  test("ignores clicks while the tool is off, and forgets a first point when it is put away", () => {
    expect(stateAfter({ type: "pick", picked: from }).draft).toEqual([]);
    const putAway = stateAfter(
      { type: "tool", tool: "distance" },
      { type: "pick", picked: from },
      { type: "tool", tool: null },
    );
    expect(putAway.draft).toEqual([]);
  });

  test("an angle takes three points, the second being its corner", () => {
    const state = stateAfter(
      { type: "tool", tool: "angle" },
      { type: "pick", picked: { scanId: "u", point: [5, 0, 0] } },
      { type: "pick", picked: { scanId: "u", point: [0, 0, 0] } },
      { type: "pick", picked: { scanId: "l", point: [0, 0, -2] } },
    );
    expect(state.draft).toEqual([]);
    expect(measuredValue(state.measurements[0]!)).toBe(90);
  });

  test("putting a tool away puts its plane and its map away", () => {
    const section = { preset: null, origin: [0, 0, 0], normal: [1, 0, 0], positionMm: 0, cutAway: true } as const;
    const opened = stateAfter({ type: "openSection", section }, { type: "section", change: { positionMm: 2 } });
    expect(opened).toMatchObject({ tool: "section", section: { positionMm: 2 } });
    expect(viewerReducer(opened, { type: "tool", tool: "distance" }).section).toBeNull();
  });

  test("numbers on after a removal, so that a name never means two distances", () => {
    const pair: ViewerAction[] = [
      { type: "pick", picked: from },
      { type: "pick", picked: to },
    ];
    const state = stateAfter(
      { type: "tool", tool: "distance" },
      ...pair,
      ...pair,
      { type: "removeMeasurement", id: 1 },
      ...pair,
    );
    expect(state.measurements.map(({ id }) => id)).toEqual([2, 3]);
  });
});

test("the mouth opens no further than a mouth does", () => {
  expect(stateAfter({ type: "opening", mm: 400 }).openingMm).toBe(40);
  expect(stateAfter({ type: "opening", mm: -3 }).openingMm).toBe(0);
});

test("a case opens with the jaws to be worked on and the margin line drawn on them", () => {
  const scans = [
    scan("before", "lower", { name: "mandibular_preop.meditMesh" }),
    scan("lower", "lower", { name: "mandibular.meditMesh" }),
    scan("again", "lower", { name: "mandibular_rescan.meditMesh" }),
    scan("upper", "upper"),
    scan("line", "other", { name: "marginLine_36.marginLine", triangles: 0 }),
    scan("design", "other", { name: "design_36.stl" }),
  ];
  expect(drawn(scans)).toEqual(["lower", "upper", "line"]);
  expect(drawn(scans, stateAfter({ type: "only", jaw: "lower" }))).toEqual(["lower", "line"]);
  expect(drawn(scans, stateAfter({ type: "only", jaw: "upper" }))).toEqual(["upper"]);
});

test("comparing shows the compared scan and takes its reference out of the way", () => {
  const scans = [scan("old", "lower"), scan("new", "lower")];
  const state = stateAfter(
    { type: "tool", tool: "compare" },
    {
      type: "compare",
      compare: { referenceId: "old", scanId: "new" },
    },
  );
  expect(drawn(scans, state)).toEqual(["new"]);
  expect(viewerReducer(state, { type: "tool", tool: null }).compare).toBeNull();
});

test("of several comparisons only the last one is drawn, and afterwards the case is shown as before", () => {
  const scans = [scan("lower", "lower"), scan("rescan", "lower"), scan("preop", "lower")];
  const compared = stateAfter(
    { type: "appearance", scanId: "lower", change: { visibility: "ghost" } },
    { type: "tool", tool: "compare" },
    { type: "compare", compare: { referenceId: "lower", scanId: "rescan" } },
    { type: "compare", compare: { referenceId: "preop", scanId: "rescan" } },
    { type: "compare", compare: { referenceId: "preop", scanId: "lower" } },
  );
  expect(drawn(scans, compared)).toEqual(["lower"]);
  const afterwards = viewerReducer(compared, { type: "tool", tool: null });
  expect(drawn(scans, afterwards)).toEqual(["lower"]);
  expect(appearanceOf(scans[0]!, scans, afterwards).visibility).toBe("ghost");
});
