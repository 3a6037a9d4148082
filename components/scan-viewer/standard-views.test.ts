import { describe, expect, test } from "vitest";
import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import { STANDARD_VIEWS, viewDirection } from "./standard-views.ts";
import { cross, dot, length, scale, type Vector } from "./vector.ts";

const usual: Orientation = { up: [0, 0, 1], anterior: [0, -1, 0], right: [-1, 0, 0] };
const yUp: Orientation = { up: [0, 1, 0], anterior: [0, 0, 1], right: [-1, 0, 0] };

/** What lies on the right-hand side of the screen. */
function screenRight(view: (typeof STANDARD_VIEWS)[number], orientation: Orientation): Vector {
  const { forward, up } = viewDirection(view, orientation);
  return cross(forward, up);
}

describe.each([
  ["z up", usual],
  ["y up", yUp],
])("the standard views with %s", (_, orientation) => {
  const left = scale(orientation.right, -1);

  test.each(["front", "upper", "lower"] as const)("show the patient's right on the viewer's left from %s", (view) => {
    expect(dot(screenRight(view, orientation), left)).toBeCloseTo(1);
  });

  test("from the right look at the patient's right, with the face to the right of the screen", () => {
    expect(dot(viewDirection("right", orientation).forward, left)).toBeCloseTo(1);
    expect(dot(screenRight("right", orientation), orientation.anterior)).toBeCloseTo(1);
  });

  test("from the left look at the patient's left, with the face to the left of the screen", () => {
    expect(dot(viewDirection("left", orientation).forward, orientation.right)).toBeCloseTo(1);
    expect(dot(screenRight("left", orientation), orientation.anterior)).toBeCloseTo(-1);
  });

  test("put the incisors at the top of the upper and at the bottom of the lower occlusal view", () => {
    expect(dot(viewDirection("upper", orientation).up, orientation.anterior)).toBeCloseTo(1);
    expect(dot(viewDirection("lower", orientation).up, orientation.anterior)).toBeCloseTo(-1);
    expect(dot(viewDirection("upper", orientation).forward, orientation.up)).toBeCloseTo(1);
    expect(dot(viewDirection("lower", orientation).forward, orientation.up)).toBeCloseTo(-1);
  });

  test("open a case on its crowns: from above, or from below for an upper jaw alone", () => {
    expect(dot(viewDirection("home", orientation).forward, orientation.up)).toBeLessThan(-0.2);
    expect(dot(viewDirection("home", orientation, true).forward, orientation.up)).toBeGreaterThan(0.2);
  });

  test("all have directions of length 1", () => {
    for (const view of STANDARD_VIEWS) {
      const { forward, up } = viewDirection(view, orientation);
      expect(length(forward)).toBeCloseTo(1);
      expect(length(up)).toBeCloseTo(1);
    }
  });
});
