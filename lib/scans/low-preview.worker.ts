import { parentPort } from "node:worker_threads";
import { makeLowPreview, type Preview } from "#lib/mesh/convert-mesh.ts";
import type { Mesh } from "#lib/mesh/mesh.ts";

/** What this thread answers. Errors cross as text. */
export type LowPreviewAnswer = { ok: true; preview: Preview } | { ok: false; message: string };

parentPort?.on("message", async (mesh: Mesh) => {
  parentPort?.postMessage(await answer(mesh));
});

async function answer(mesh: Mesh): Promise<LowPreviewAnswer> {
  try {
    return { ok: true, preview: await makeLowPreview(mesh) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
