import type { DecodedScan } from "./decode-preview.ts";

/** Why a preview is not on screen although the scan is ready. */
export type PreviewProblem = "unreachable" | "unreadable";

/** What the page asks its decode worker for. `key` comes back with the answer. */
export type DecodeRequest =
  | { kind: "load"; key: string; url: string }
  | { kind: "abort"; key: string }
  | { kind: "edges"; key: string; indices: Uint32Array };

export type DecodeReply =
  | { kind: "loaded"; key: string; scan: DecodedScan }
  | { kind: "failed"; key: string; problem: PreviewProblem }
  | { kind: "edges"; key: string; edges: Uint32Array };
