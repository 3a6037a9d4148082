import type { Axes } from "#lib/mesh/turn-mesh.ts";
import type { DecodedScan } from "./decode-preview.ts";

/** Why a preview is not on screen although the scan is ready. */
export type PreviewProblem = "unreachable" | "unreadable";

/** One preview of a file: the node of that name, or the only one where it has none. `key` comes back with the answer. */
export interface AskedPreview {
  key: string;
  name: string;
  /** How it is turned before it is shown; null: as it is. */
  axes: Axes | null;
}

/** What the page asks its decode worker for. */
export type DecodeRequest =
  /** Nobody waits: time to get ready for what is asked later. */
  | { kind: "warm" }
  /** Previews from this file will be asked for, it is not known yet which. */
  | { kind: "begin"; url: string }
  /** @param begun a file that has them as well, if it was begun */
  | { kind: "load"; url: string; begun: string | null; previews: readonly AskedPreview[] }
  | { kind: "abort"; key: string }
  | { kind: "edges"; key: string; indices: Uint32Array };

export type DecodeReply =
  | { kind: "loaded"; scans: readonly { key: string; scan: DecodedScan }[] }
  | { kind: "failed"; keys: readonly string[]; problem: PreviewProblem }
  | { kind: "edges"; key: string; edges: Uint32Array };
