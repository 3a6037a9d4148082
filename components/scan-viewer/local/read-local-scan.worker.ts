import sevenZip from "7z-wasm";
import { ArchiveProblem, type UnpackedMesh, unpackMeshes } from "#lib/mesh/archive/unpack-meshes.ts";
import { convertMesh, type MeshFacts } from "#lib/mesh/convert-mesh.ts";
import { MeshError } from "#lib/mesh/mesh.ts";

/** Reads mesh files and archives of them as the server would, on this computer: the same parsers, the same previews. */

export interface LocalFileRequest {
  key: string;
  file: File;
}

export type LocalFileProblem = "unreadable" | "tooLarge" | ArchiveProblem["problem"];

export interface ReadScan {
  /** Inside an archive its own name. */
  name: string;
  bytes: number;
  facts: MeshFacts;
  low: { glb: Uint8Array<ArrayBuffer>; triangles: number };
  full: { glb: Uint8Array<ArrayBuffer>; triangles: number };
}

/** Several about one file: what it holds, what cannot be read of it, and that all of it has been said. */
export type LocalFileReply =
  | { key: string; kind: "scan"; scan: ReadScan }
  | { key: string; kind: "problem"; name: string; problem: LocalFileProblem; detail: string }
  | { key: string; kind: "done" };

/** Larger files need more memory than a browser's worker has, bytes. */
const LARGEST_FILE = 800 * 1024 * 1024;

const scope = self as unknown as {
  postMessage(reply: LocalFileReply): void;
  addEventListener(type: "message", listener: (event: MessageEvent<LocalFileRequest>) => void): void;
};

/** One after the other: two large files at once would need the memory of both. */
let busy: Promise<void> = Promise.resolve();
scope.addEventListener("message", ({ data }) => {
  busy = busy.then(() => read(data));
});

async function read({ key, file }: LocalFileRequest): Promise<void> {
  try {
    for (const part of await open(file)) await convert(key, part);
  } catch (error) {
    scope.postMessage({ key, kind: "problem", name: file.name, ...describe(error) });
  }
  scope.postMessage({ key, kind: "done" });
}

/** The mesh itself, or the meshes of an archive. */
async function open(file: File): Promise<UnpackedMesh[]> {
  if (file.size > LARGEST_FILE) throw new ArchiveProblem("archiveTooLarge");
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isSevenZip(bytes)) return [{ name: file.name, bytes }];
  const wasmBinary = await loadSevenZip();
  return unpackMeshes(bytes, (options) => sevenZip({ ...options, wasmBinary }));
}

let wasm: Promise<ArrayBuffer> | null = null;
function loadSevenZip(): Promise<ArrayBuffer> {
  // From this portal, when the first archive comes.
  wasm ??= fetch(new URL("../../../node_modules/7z-wasm/7zz.wasm", import.meta.url)).then((answer) =>
    answer.arrayBuffer(),
  );
  return wasm;
}

const SIGNATURE = [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c];

function isSevenZip(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

async function convert(key: string, { name, bytes }: UnpackedMesh): Promise<void> {
  try {
    const { facts, low, full } = await convertMesh(bytes, formatOf(name));
    const own = ({ glb, triangles }: typeof low) => ({ glb: new Uint8Array(glb), triangles });
    const scan = { name, bytes: bytes.length, facts, low: own(low), full: own(full) };
    scope.postMessage({ key, kind: "scan", scan });
  } catch (error) {
    scope.postMessage({ key, kind: "problem", name, ...describe(error) });
  }
}

function describe(error: unknown): { problem: LocalFileProblem; detail: string } {
  if (error instanceof ArchiveProblem) return { problem: error.problem, detail: "" };
  return { problem: "unreadable", detail: error instanceof MeshError ? error.message : "" };
}

function formatOf(name: string): "obj" | "stl" | "ply" | null {
  const ending = name.toLowerCase().split(".").at(-1);
  return ending === "obj" || ending === "stl" || ending === "ply" ? ending : null;
}
