import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createAnswers } from "#components/scan-viewer/measuring/answer-questions.ts";
import { convertMesh } from "#lib/mesh/convert-mesh.ts";
import { measureMesh } from "#lib/mesh/measure/measured-mesh.ts";
import { bumpyBall } from "#lib/mesh/measure/sample-surfaces.ts";
import { parseMesh } from "#lib/mesh/parse-mesh.ts";
import { readPreview } from "#lib/mesh/read-preview.ts";
import { weldMesh } from "#lib/mesh/weld.ts";
import { writeStl } from "#lib/mesh/write-stl.ts";
import { type ComparedJaw, worstDifferences } from "#lib/testing/worst-differences.ts";
import type { Row } from "./bench-row.ts";

const MUST_UM = 10;

/**
 * What the viewer's measuring worker says of two arches, after conversion and rounding, against brute force on the originals. Takes minutes:
 * every sample looks at every triangle.
 * @param given a folder with the derived scans, if there is one; else two bodies of our making
 */
export async function exactnessRows(given: string | undefined, samples: number): Promise<Row[]> {
  const [first, second] = arches(given);
  const jaws = [await openJaw("upper", first), await openJaw("lower", second)] as const;
  const open = async (url: string) => measureMesh(...partsOf(jaws.find((jaw) => jaw.url === url)!));
  const meshes = new Map(await Promise.all(jaws.map(async ({ url }) => [url, await open(url)] as const)));
  const worst = await worstDifferences(
    createAnswers(async (url) => meshes.get(url)!),
    jaws,
    samples,
  );
  return Object.entries(worst).map(([kind, mm]) => ({
    what: `measured against brute force: ${kind}`,
    measured: mm * 1000,
    must: MUST_UM,
    unit: "µm",
    detail: `${samples} samples`,
  }));
}

function partsOf({ shown }: ComparedJaw): [Float32Array, Uint32Array] {
  return [shown.positions, shown.indices];
}

function arches(given: string | undefined): [Uint8Array, Uint8Array] {
  const names = ["meshlabeler_example01.stl", "derived_antagonist_lower.ply"];
  if (given && names.every((name) => existsSync(join(given, name))))
    return names.map((name) => readFileSync(join(given, name))) as never as [Uint8Array, Uint8Array];
  const body = (height: number) => writeStl({ ...bumpyBall(9, 1.1, [3, -2, height], 60), colours: null });
  return [body(4), body(21)];
}

async function openJaw(url: string, bytes: Uint8Array): Promise<ComparedJaw> {
  const { mesh } = weldMesh(parseMesh(bytes).mesh);
  const { positions, indices } = await readPreview((await convertMesh(bytes)).full.glb);
  return {
    url,
    original: { positions: new Float32Array(mesh.positions), indices: mesh.indices },
    shown: { positions, indices },
  };
}
