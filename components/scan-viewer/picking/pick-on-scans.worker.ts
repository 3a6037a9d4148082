import type { MeshBVH } from "three-mesh-bvh";
import { fetchPreview } from "#components/scan-viewer/fetch-preview.ts";
import { readPreview } from "#lib/mesh/read-preview.ts";
import type { PickReply, PickRequest, PickTarget } from "./pick-messages.ts";
import { createScanTree, type PlacedTree, pickOnScans } from "./pick-on-scans.ts";

/** Answers where a ray meets the full meshes. Loads a scan (from the browser's cache) when it is first asked about. */

const scope = self as unknown as {
  postMessage(reply: PickReply): void;
  addEventListener(type: "message", listener: (event: MessageEvent<PickRequest>) => void): void;
};
const trees = new Map<string, Promise<MeshBVH>>();

scope.addEventListener("message", ({ data }) => void answer(data));

async function answer({ key, origin, direction, targets }: PickRequest): Promise<void> {
  const placed = await Promise.all(targets.map(place));
  const found = placed.filter((tree) => tree !== null);
  scope.postMessage({
    key,
    hit: pickOnScans(origin, direction, found),
    failed: found.length < placed.length,
  });
}

async function place({ scanId, url, offset }: PickTarget): Promise<PlacedTree | null> {
  const tree = trees.get(url) ?? openTree(url);
  trees.set(url, tree);
  try {
    return { scanId, offset, tree: await tree };
  } catch {
    trees.delete(url);
    return null;
  }
}

async function openTree(url: string): Promise<MeshBVH> {
  const glb = await fetchPreview(url);
  if (!glb) throw new Error("no preview");
  const { positions, indices } = await readPreview(glb);
  return createScanTree(positions, indices);
}
