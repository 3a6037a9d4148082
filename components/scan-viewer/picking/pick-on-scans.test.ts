import { describe, expect, test } from "vitest";
import { createScanTree, pickOnScans } from "./pick-on-scans.ts";

/** A square sheet of 20 mm at the given height. */
function sheet(z: number) {
  const positions = new Float32Array([-10, -10, z, 10, -10, z, 10, 10, z, -10, 10, z]);
  return createScanTree(positions, new Uint32Array([0, 1, 2, 0, 2, 3]));
}

describe("pointing at scans", () => {
  const upper = { scanId: "upper", tree: sheet(8), offset: [0, 0, 0] as const };
  const lower = { scanId: "lower", tree: sheet(3), offset: [0, 0, 0] as const };
  const down = [0, 0, -1] as const;

  test("finds the nearest surface, wherever it stands in the list", () => {
    expect(pickOnScans([1, 2, 500], down, [lower, upper])).toEqual({ scanId: "upper", point: [1, 2, 8] });
    expect(pickOnScans([1, 2, -500], [0, 0, 1], [upper, lower])).toEqual({ scanId: "lower", point: [1, 2, 3] });
  });

  test("gives the point as scanned when the mouth is opened", () => {
    const opened = { ...lower, offset: [0, 0, -20] as const };
    expect(pickOnScans([4, 4, 500], down, [opened])).toEqual({ scanId: "lower", point: [4, 4, 3] });
  });

  test("finds nothing beside the scans", () => {
    expect(pickOnScans([40, 0, 500], down, [upper, lower])).toBeNull();
  });
});
