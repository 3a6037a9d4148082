/** The true records behind the vendors' answers: what the sandbox knows, before a view decides what a caller may see. */

export interface Group {
  uuid: string;
  name: string;
  type: "CLINIC" | "LAB";
  description: string;
  timeZone: string;
  contact: { userName: string; cellPhone: string; officePhone: string };
  address: { state: string; city: string; postal: string; detail1: string; detail2: string };
  homePage: string;
  /** Epoch ms. */
  createdAt: number;
  updatedAt: number;
}

export interface Account {
  email: string;
  name: string;
  /** null: a person who is in no organisation, whose `/me` comes without a group. */
  groupUuid: string | null;
  createdAt: number;
  updatedAt: number;
}

export type Jaw = "upper" | "lower" | "bite-left" | "bite-right";

/** Where a scan's triangles come from. `anatomy` seeds the patient, so upper and lower of one case fit together. */
export type ScanSource =
  | {
      from: "generator";
      jaw: Jaw;
      anatomy: number;
      prepared: number[];
      missing: number[];
      triangles: number;
      coloured: boolean;
      again?: boolean;
    }
  | { from: "scans-dir"; path: string; jaw: Jaw; anatomy: number }
  | { from: "scans-dir-archive"; path: string; entry: string; jaw: Jaw };

/** What is wrong with a file on purpose. */
export type FileQuirk =
  | "corrupt-archive"
  | "wrong-hash"
  | "unreadable-mesh"
  | "slow-conversion"
  | "listed-without-url"
  | "second-entry";

export type FileContent =
  | { kind: "mesh"; scan: ScanSource; entryName: string; quirk?: FileQuirk }
  | {
      kind: "document";
      document: "photo" | "note" | "group-info" | "margin-line" | "project";
      seed: number;
      title: string;
      /** Of a margin line: the tooth it belongs to, and what else is needed to find it in the scan. */
      margin?: { anatomy: number; prepared: number[]; missing: number[]; fdi: number };
    }
  | { kind: "upload"; storedAs: string; entryName: string; isMesh: boolean };

export interface CaseFile {
  uuid: string;
  name: string;
  size: number;
  fileType: string;
  createdAt: number;
  updatedAt: number;
  content: FileContent;
}

export interface FormItem {
  category: string;
  categoryDisplayName: string;
  method: string;
  methodDisplayName: string;
  material: string;
  materialDisplayName: string;
  shade: string;
  toothNo: number | string;
  jawType: string;
  multiDieNo: number;
}

export interface CaseRecord {
  uuid: string;
  ownerGroup: string;
  name: string;
  status: string;
  tags: string[] | null;
  patient: { name: string | null; code: string } | null;
  createdAt: number;
  updatedAt: number;
  scannedAt: number | null;
  files: CaseFile[];
  formInformation: { type: string; items: FormItem[] } | null;
  multiOcclusionGroup: { groupId: number; groupName: string; files: string[] }[];
  bridges: number[][] | null;
}

export interface HistoryEntry {
  at: string;
  action: string;
  by: string;
  via: "api" | "vendor portal";
  from: string;
  to: string;
}

export interface OrderRecord {
  number: number;
  status: string;
  createdAt: number;
  updatedAt: number;
  /** Epoch ms, or the text the vendor would print (`""`, an impossible date), or null. */
  desiredDelivery: number | string | null;
  buyer: string;
  seller: string;
  /** The clinic's "Share Patient Name" setting when it ordered (guide §3.3.1). */
  sharesPatientName: boolean;
  clinicCase: string;
  /** The lab works on a copy with identifiers of its own. */
  orderCase: string;
  description: string;
  delivery: Record<string, unknown>[];
  /** Merged over search rows and details: schema drift on purpose. */
  drift: Record<string, unknown> | null;
  history: HistoryEntry[];
  /** Decisions that took effect through the API, and those answered 409. */
  counts: { accepted: number; rejected: number; cancelled: number; refused: number };
}
