import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { testEnv } from "#lib/env.ts";
import { convertMesh } from "#lib/mesh/convert-mesh.ts";

const scans = testEnv().SANDBOX_SCANS_DIR;

describe.skipIf(!scans)("converting a real intraoral scan", () => {
  it("stays within a micrometre and 5.2 % of its STL", async () => {
    const stl = readFileSync(join(scans!, "meshlabeler_example01.stl"));
    const { facts, low, full } = await convertMesh(stl);
    expect(facts).toMatchObject({ triangles: 99_999, vertices: 50_643 });
    expect(facts.maxErrorUm).toBeLessThanOrEqual(1);
    expect(gzipSync(full.glb).length).toBeLessThanOrEqual(stl.length * 0.052);
    expect(gzipSync(low.glb).length).toBeLessThanOrEqual(45_000);
  });
});
