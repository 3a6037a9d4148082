import type { Operation } from "#lib/api/operation.ts";
import { downloadQuerySchema, previewQuerySchema, scanSchema } from "#lib/scans/scan-schema.ts";

/** Scans, their previews and downloads. */
export const SCAN_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/scans/{id}",
    summary: "One scan: state, mesh facts, error bound",
    permission: "read",
    response: scanSchema,
  },
  {
    method: "GET",
    path: "/api/scans/{id}/preview",
    summary: "The preview mesh, ranged and immutable",
    permission: "read",
    query: previewQuerySchema,
    media: "model/gltf-binary",
  },
  {
    method: "GET",
    path: "/api/scans/{id}/download",
    summary: "The scan as the vendor packed it, or in another format",
    permission: "download",
    query: downloadQuerySchema,
    media: "application/octet-stream",
  },
  {
    method: "POST",
    path: "/api/scans/{id}/retry",
    summary: "Fetch a failed scan again",
    permission: "read",
    status: 202,
  },
];
