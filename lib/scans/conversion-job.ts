import type { MeshFacts } from "#lib/mesh/convert-mesh.ts";
import type { MeshErrorPlace, MeshFormat } from "#lib/mesh/mesh.ts";
import type { Stone } from "#lib/mesh/picture/shade-stone.ts";
import type { Axes } from "#lib/mesh/turn-mesh.ts";
import type { ScanErrorCode } from "./scan-error.ts";

/** Where a preview goes, as it is and as gzip. */
export interface PreviewPaths {
  glb: string;
  gzip: string;
}

/** What the pool asks of a conversion worker. */
export type ConversionJob =
  | { kind: "preview"; path: string; hint: MeshFormat | null; low: PreviewPaths; full: PreviewPaths }
  | { kind: "export"; path: string; hint: MeshFormat | null; format: MeshFormat; target: string }
  | { kind: "picture"; scans: PicturedScan[]; width: number; height: number };

/** A scan of a picture: its low preview, whole, and how it is turned before it is drawn. */
export interface PicturedScan {
  glb: Uint8Array;
  axes: Axes | null;
  stone: Stone;
}

export interface DrawnPicture {
  png: Uint8Array;
}

/** A preview on disk. Sizes in bytes. */
export interface WrittenPreviewFile {
  bytes: number;
  gzipBytes: number;
  triangles: number;
  /** µm, see `Preview` in lib/mesh/convert-mesh.ts */
  maxErrorUm: number;
}

export interface ConvertedScan {
  facts: MeshFacts;
  low: WrittenPreviewFile;
  full: WrittenPreviewFile;
}

export interface ExportedScan {
  format: MeshFormat;
  bytes: number;
}

/** What a worker answers. Errors cross as data: a thrown one would lose its code on the way. */
export type ConversionAnswer =
  | { ok: true; result: ConvertedScan | ExportedScan | DrawnPicture }
  | { ok: false; code: ScanErrorCode; message: string; where: MeshErrorPlace };
