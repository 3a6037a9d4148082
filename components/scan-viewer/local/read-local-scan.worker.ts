import { convertMesh, type MeshFacts } from "#lib/mesh/convert-mesh.ts";
import { MeshError } from "#lib/mesh/mesh.ts";

/** Reads a mesh file as the server would, on this computer: the same parsers, the same previews. */

export interface LocalScanRequest {
  key: string;
  file: File;
}

export type LocalScanReply =
  | {
      key: string;
      problem: null;
      facts: MeshFacts;
      low: { glb: Uint8Array<ArrayBuffer>; triangles: number };
      full: { glb: Uint8Array<ArrayBuffer>; triangles: number };
    }
  | { key: string; problem: "unreadable" | "tooLarge"; detail: string };

/** Larger files need more memory than a browser's worker has, bytes. */
const LARGEST_FILE = 800 * 1024 * 1024;

const scope = self as unknown as {
  postMessage(reply: LocalScanReply): void;
  addEventListener(type: "message", listener: (event: MessageEvent<LocalScanRequest>) => void): void;
};

scope.addEventListener("message", ({ data }) => void read(data).then((reply) => scope.postMessage(reply)));

async function read({ key, file }: LocalScanRequest): Promise<LocalScanReply> {
  if (file.size > LARGEST_FILE) return { key, problem: "tooLarge", detail: "" };
  try {
    const { facts, low, full } = await convertMesh(new Uint8Array(await file.arrayBuffer()), formatOf(file.name));
    const own = ({ glb, triangles }: typeof low) => ({ glb: new Uint8Array(glb), triangles });
    return { key, problem: null, facts, low: own(low), full: own(full) };
  } catch (error) {
    return { key, problem: "unreadable", detail: error instanceof MeshError ? error.message : "" };
  }
}

function formatOf(name: string): "obj" | "stl" | "ply" | null {
  const ending = name.toLowerCase().split(".").at(-1);
  return ending === "obj" || ending === "stl" || ending === "ply" ? ending : null;
}
