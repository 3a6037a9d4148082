import type {
  Completeness,
  DecisionKind,
  Delivery,
  Jaw,
  OrderStatus,
  Restoration,
  Side,
} from "#lib/orders/order-schema.ts";
import type { AppointmentSource } from "#lib/vendors/appointment-source.ts";
import type { DocumentStore } from "#lib/vendors/document-store.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import type { KeyAuth, OAuthAuth, PasswordAuth } from "#lib/vendors/vendor-auth.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/**
 * The contract of a connector (design §3). A connector is stateless: it is handed a session and never reads the database,
 * never refreshes, never retries on its own (lib/vendors/http.ts does).
 */
export interface Vendor {
  /** Stable id, text in the database and in paths: "meditlink". */
  id: string;
  /** The vendor's name as people know it: "MeditLink". */
  name: string;
  auth: OAuthAuth | PasswordAuth | KeyAuth;
  capabilities: Capabilities;
  endpoints: readonly Endpoint[];
  /**
   * Who the credentials belong to. Called right after sign-in; also the cheap health check. `signedInAs` is the e-mail that
   * was signed in with, for vendors whose API does not say.
   */
  identify(session: VendorSession, signedInAs?: string): Promise<VendorAccount>;
  orders?: OrderSource;
  files?: FileSource;
  /** Patients' charts that papers are filed into and pictures brought over from. */
  documents?: DocumentStore;
  /** When patients come in, and what was dictated and noted then. */
  appointments?: AppointmentSource;
  /** Where a collector's orders come from: its scanner portals, ids resolved to names. */
  portals?: (session: VendorSession) => Promise<VendorPortal[]>;
  /** The clinics and labs of the vendor, as they present themselves. @throws {VendorError} not_found */
  group?: (session: VendorSession, key: string) => Promise<VendorGroupProfile>;
  /** One of the vendor's users by e-mail. @throws {VendorError} not_found */
  person?: (session: VendorSession, email: string) => Promise<VendorPerson>;
  /** Cases, also those that nobody has ordered anything for. */
  cases?: CaseSource;
}

/** A scanner portal behind a collector. */
export type VendorPortal = {
  /** "portal:1" for a kind of portal, "configured:7" for a configured account of one. */
  key: string;
  name: string;
  /** Of a configured account: the portal it is at. */
  kindName: string | null;
  lastFetchAt: Date | null;
  /** How the portal's meshes are turned for the viewer; never for delivered files. Null: as they are. */
  axes: AxisMapping | null;
  /** Bits per coordinate of a mesh that was compressed on its way; null when the vendor does not say. */
  quantizationBits: number | null;
};

/** x, y and z of what is shown, each as an axis of the mesh: ["x", "-z", "y"]. */
export type AxisMapping = readonly [SignedAxis, SignedAxis, SignedAxis];
export type SignedAxis = "x" | "-x" | "y" | "-y" | "z" | "-z";

/** How to reach somebody. Every field is null where the vendor does not say. */
export type PartyContact = {
  person: string | null;
  mobile: string | null;
  phone: string | null;
  homePage: string | null;
  /** As it is written on a letter, one line each. */
  address: string[];
};

export type VendorGroupProfile = {
  key: string;
  name: string;
  kind: Side | null;
  description: string | null;
  contact: PartyContact | null;
  /** Where the pictures are; the addresses live for minutes and are never kept. */
  pictures: { kind: "logo" | "cover" | "photo"; url: string }[];
};

export type VendorPerson = { email: string; name: string | null; groupName: string | null; groupKind: Side | null };

/** What cases can be looked for by. Absent fields do not narrow. */
export type CaseQuery = {
  /** The whole name, as the vendor compares it. */
  name?: string;
  patientCode?: string;
  /** The vendor's own code. */
  status?: string;
  createdFrom?: Date;
  createdTo?: Date;
  /** 0-based. */
  page: number;
  pageSize: number;
};

export type VendorCase = {
  key: string;
  name: string | null;
  status: string;
  completeness: Completeness;
  patientName: string | null;
  patientCode: string | null;
  tags: string[];
  createdAt: Date | null;
  updatedAt: Date | null;
  scannedAt: Date | null;
};

export type VendorWholeCase = VendorCase & {
  form: VendorOrder["form"];
  restorations: Restoration[];
  bridges: number[][];
  files: VendorFile[];
};

export type CaseSource = {
  /** The statuses that the vendor's document names, for a choice. */
  statuses: readonly string[];
  search(session: VendorSession, query: CaseQuery): Promise<{ total: number; cases: VendorCase[] }>;
  /** @throws {VendorError} not_found */
  get(session: VendorSession, key: string): Promise<VendorWholeCase>;
};

/** What a vendor can do, per side of the order. */
export type Capabilities = {
  decisions: Record<Side, readonly DecisionKind[]>;
  /** "sent": the vendor carries the decision out. "recorded": the vendor takes none, Casebench keeps it. */
  decisionMode: "sent" | "recorded";
  files: boolean;
  attachments: Record<Side, boolean>;
  orderForm: boolean;
};

export type VendorAccount = {
  /** The vendor's stable id of the account: two connections with one key are the same account. */
  accountKey: string;
  account: string;
  groupKey: string | null;
  groupName: string | null;
  side: Side;
  /** What the account may do, where its API says so. */
  permissions?: string[];
};

export type OrderSource = {
  /**
   * "changed": windows on the vendor's change time (MeditLink). "created": on creation days only, changes need a re-read
   * (Cadmus). `maxRows` is the furthest a window can be paged.
   */
  window: { on: "changed" | "created"; maxRows: number; pageSize: number };
  /** One page of a closed window [from, to], in a stable order; `page` is 0-based. Ids and change times, and the whole record where lists are whole. */
  page(session: VendorSession, input: { from: Date; to: Date; page: number; pageSize: number }): Promise<OrderListPage>;
  /**
   * The whole order. `near` is when the order was received, as far as known: it spares vendors without a call for one order a
   * walk through all of them. @throws {VendorError} kind "not_found"
   */
  get(session: VendorSession, number: string, near?: Date | null): Promise<VendorOrder>;
  /** True when list entries are whole orders: no detail call is needed. */
  listIsWhole: boolean;
  /** Asks the vendor to decide. A 409 throws VendorError kind "conflict". Absent where decisionMode is "recorded". */
  decide?: (session: VendorSession, number: string, kind: DecisionKind) => Promise<VendorOrder | null>;
};

export type OrderListPage = {
  total: number;
  orders: VendorOrder[];
  /** Rows of this page without a readable number: part of `total`, but nothing that could be kept. */
  unreadable: number;
};

/** An order in our words, as one read of the vendor shows it. Dates are instants or null: an order is never lost to a date. */
export type VendorOrder = {
  number: string;
  caseKey: string | null;
  portalCaseKey: string | null;
  status: OrderStatus;
  vendorStatus: string;
  completeness: Completeness;
  infoRequest: "none" | "requested" | "received";
  clinic: VendorParty | null;
  lab: VendorParty | null;
  patient: PatientData;
  receivedAt: Date | null;
  dueAt: Date | null;
  updatedAt: Date | null;
  datesCorrected: boolean;
  form: "teeth" | "arch" | "multi_die" | "flexible_multi_die" | "other";
  restorations: Restoration[];
  bridges: number[][];
  biteGroups: { id: string; name: string; fileKeys: string[] }[];
  delivery: Delivery[];
  /** Keys of the scanner portals it came through (VendorPortal), for collectors. */
  portalKeys: string[];
  /** Null when this record does not list them (a list entry). */
  files: VendorFile[] | null;
  /** True when this is the whole order, false for a list entry. */
  whole: boolean;
  /** The vendor's record as it came. */
  raw: unknown;
  /** Keys the mapping did not know: counted and shown to the admin. */
  unmapped: string[];
};

export type VendorParty = { key: string; name: string; contact: PartyContact | null };

/** Patient data: always sealed at rest, never in logs, URLs or jobs. */
export type PatientData = {
  caseName: string | null;
  patientName: string | null;
  patientCode: string | null;
  description: string | null;
  tags: string[];
};

export type VendorFile = {
  key: string;
  name: string;
  kind: "scan" | "attachment" | "order_form" | "group_info";
  vendorFileType: string;
  jaw: Jaw | null;
  biteGroup: string | null;
  bytes: number | null;
};

export type FileSource = {
  /**
   * Asks for a signed URL. `ready: false` means the vendor is still converting: ask again later.
   * @throws {VendorError}
   */
  locate(
    session: VendorSession,
    input: { orderNumber: string; fileKey: string; fileName: string; format: "original" | "stl" | "obj" | "ply" },
  ): Promise<LocatedFile>;
  /** Hosts that signed URLs may point to; `*` stands for one label. */
  signedHosts: readonly string[];
  /** Formats the vendor converts a scan to, best for the preview first. */
  scanFormats: readonly ("original" | "stl" | "obj" | "ply")[];
  orderForm?: (session: VendorSession, orderNumber: string) => Promise<LocatedFile>;
  attach?: (
    session: VendorSession,
    input: { caseKey: string; name: string; bytes: number; md5Base64: string; callbackUrl: string },
  ) => Promise<{ fileKey: string; uploadUrl: string; headers: Record<string, string>; expiresAt: Date | null }>;
  remove?: (session: VendorSession, fileKey: string) => Promise<void>;
};

export type LocatedFile =
  | { ready: false; retryAfterMs: number }
  | {
      ready: true;
      url: string;
      expiresAt: Date | null;
      downloadName: string;
      /** How the body is packed. */
      packing: "7z" | "none";
      /** What is inside, when the vendor says so; hashes as the vendor writes them. */
      manifest: { name: string; bytes: number; hash: string; hashAlgorithm: string }[] | null;
    };
