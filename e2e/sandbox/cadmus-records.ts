import type { ScanSource } from "./vendor-records.ts";

export interface CadmusFile {
  filename: string;
  fileType: "stl" | "ply";
  scan: ScanSource;
}

/** A unified case of Cadmus (guide, "Retrieving orders") and the files behind it. */
export interface CadmusCase {
  id: number;
  organizationId: number;
  portalId: number;
  configuredPortalId: number;
  caseId: string;
  guid: string;
  /** Epoch ms. */
  createdAt: number;
  patientFullname: string | null;
  status: string;
  completenessStatus: string;
  infoRequestStatus: string;
  acceptedData: Record<string, unknown>;
  files: CadmusFile[];
  orderForm: { filename: string; lines: string[] } | null;
}
