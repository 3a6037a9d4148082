// @vitest-environment happy-dom
import type { KeyboardEvent } from "react";
import { beforeEach, describe, expect, test } from "vitest";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { handleShortcut } from "./handle-shortcut.ts";
import { drawnScans, INITIAL_STATE, type ViewerAction, type ViewerState, viewerReducer } from "./viewer-state.ts";

const scan = (id: string, jaw: ScanView["jaw"]) =>
  ({ id, jaw, name: `${id}.stl`, triangles: 1000, biteGroup: null, state: "ready" }) as ScanView;
const scans = [scan("u", "upper"), scan("l", "lower"), scan("b1", "bite"), scan("b2", "bite")];

let state: ViewerState;
let asked: string[];
beforeEach(() => {
  state = INITIAL_STATE;
  asked = [];
});

/** Presses a key on an element of the viewer; tells whether the viewer took it. */
function press(key: string, target: HTMLElement = document.createElement("div")): boolean {
  let taken = false;
  const event = {
    key,
    target,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    defaultPrevented: false,
    preventDefault: () => {
      taken = true;
    },
    stopPropagation: () => {},
  };
  handleShortcut(event as unknown as KeyboardEvent, {
    scans,
    state,
    dispatch: (action: ViewerAction) => {
      state = viewerReducer(state, action);
    },
    camera: () => ({
      turn: () => asked.push("turn"),
      zoom: () => asked.push("zoom"),
      pose: () => ({ target: [0, 0, 0], rotation: [0, 0, 0, 1], spanMm: 80 }),
      restore: () => asked.push("restore"),
      axes: () => ({ forward: [0, 1, 0], right: [1, 0, 0], up: [0, 0, 1] }),
    }),
    showView: (view) => asked.push(view),
    changedKeys: {},
    takeTool: (tool) => {
      state = viewerReducer(state, { type: "tool", tool });
    },
  });
  return taken;
}

const drawn = () => drawnScans(scans, state).map(({ id }) => id);

describe("the keys of the viewer", () => {
  test("take jaws and bites away and bring them back", () => {
    press("u");
    expect(drawn()).toEqual(["l"]);
    press("u");
    press("b");
    expect(drawn()).toEqual(["u", "l", "b1", "b2"]);
    press("b");
    expect(drawn()).toEqual(["u", "l"]);
  });

  test("make a ghost of the upper jaw, then of the lower one, then of none", () => {
    const ghosts = () => Object.keys(state.appearances).filter((id) => state.appearances[id]?.visibility === "ghost");
    const seen = ["o", "o", "o"].map((key) => {
      press(key);
      return ghosts();
    });
    expect(seen).toEqual([["u"], ["l"], []]);
  });

  test("turn, zoom and change the view", () => {
    for (const key of ["ArrowLeft", "+", "4"]) expect(press(key)).toBe(true);
    expect(asked).toEqual(["turn", "zoom", "upper"]);
  });

  test("belong to a slider or a list of buttons while that has the focus", () => {
    expect(press("ArrowLeft", document.createElement("input"))).toBe(false);
    const toolbar = document.createElement("div");
    toolbar.setAttribute("role", "toolbar");
    const button = toolbar.appendChild(document.createElement("button"));
    expect(press("ArrowLeft", button)).toBe(false);
    expect(press("u", button)).toBe(true);
    expect(asked).toEqual([]);
  });

  test("leave Escape to the page unless a measurement can be ended", () => {
    expect(press("Escape")).toBe(false);
    press("m");
    expect(state.tool).toBe("distance");
    expect(press("Escape")).toBe(true);
    expect(state.tool).toBeNull();
  });
});
