import type { Vector } from "#components/scan-viewer/vector.ts";

/** A scan that a ray may hit, and how far it is moved from where it was scanned, mm. */
export interface PickTarget {
  scanId: string;
  url: string;
  offset: Vector;
}

export interface PickRequest {
  key: number;
  origin: Vector;
  direction: Vector;
  targets: readonly PickTarget[];
}

/** `hit` is in the scan's own coordinates; null where the ray passes everything by. */
export interface PickReply {
  key: number;
  hit: { scanId: string; point: Vector } | null;
  /** True when a scan could not be loaded. */
  failed: boolean;
}
