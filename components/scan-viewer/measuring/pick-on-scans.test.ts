import { describe, expect, test } from "vitest";
import { measureMesh } from "#lib/mesh/measure/measured-mesh.ts";
import { pickOnScans, valueAt } from "./pick-on-scans.ts";

/** A square sheet of 20 mm at the given height. */
function sheet(z: number) {
  const positions = new Float32Array([-10, -10, z, 10, -10, z, 10, 10, z, -10, 10, z]);
  return measureMesh(positions, new Uint32Array([0, 1, 2, 0, 2, 3]));
}

describe("pointing at scans", () => {
  const upper = { scanId: "upper", mesh: sheet(8), offset: [0, 0, 0] as const };
  const lower = { scanId: "lower", mesh: sheet(3), offset: [0, 0, 0] as const };
  const down = [0, 0, -1] as const;

  test("finds the nearest surface, wherever it stands in the list", () => {
    expect(pickOnScans([1, 2, 500], down, [lower, upper])).toMatchObject({ scanId: "upper", point: [1, 2, 8] });
    expect(pickOnScans([1, 2, -500], [0, 0, 1], [upper, lower])).toMatchObject({ scanId: "lower", point: [1, 2, 3] });
  });

  test("gives the point as scanned when the mouth is opened", () => {
    const opened = { ...lower, offset: [0, 0, -20] as const };
    expect(pickOnScans([4, 4, 500], down, [opened])).toMatchObject({ scanId: "lower", point: [4, 4, 3] });
  });

  test("finds nothing beside the scans", () => {
    expect(pickOnScans([40, 0, 500], down, [upper, lower])).toBeNull();
  });

  test("reads a map between the corners of its triangle", () => {
    const hit = pickOnScans([5, 0, 500], down, [upper])!;
    expect(valueAt(upper.mesh, new Float32Array([0, 20, 20, 0]), hit)).toBeCloseTo(15, 5);
    expect(valueAt(upper.mesh, new Float32Array([0, Number.POSITIVE_INFINITY, 20, 0]), hit)).toBeNull();
  });
});
