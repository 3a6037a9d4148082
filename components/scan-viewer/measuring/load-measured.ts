import { fetchPreview } from "#components/scan-viewer/fetch-preview.ts";
import { type MeasuredMesh, measureMesh } from "#lib/mesh/measure/measured-mesh.ts";
import { readPreview } from "#lib/mesh/read-preview.ts";
import { type Axes, turnMesh } from "#lib/mesh/turn-mesh.ts";

/**
 * A scan as it is measured on: its full preview as the portal serves it.
 * @param axes how the scans of its case are turned
 * @throws when there is no way to it, or it cannot be read
 */
export async function loadMeasured(url: string, axes: Axes | null): Promise<MeasuredMesh> {
  const glb = await fetchPreview(url);
  if (!glb) throw new Error("no preview");
  const { positions, indices } = turnMesh(await readPreview(glb), axes);
  return measureMesh(positions, indices);
}
