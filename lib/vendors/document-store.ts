import type { Fdi } from "#lib/teeth/tooth.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** The charts of a practice, in our words: papers are filed into them, pictures brought over from them. */
export type DocumentStore = {
  /** The largest file that travels inside a call, bytes; larger ones go by SFTP. */
  limitBytes: number;
  /** @throws {VendorError} not_found */
  patient(session: VendorSession, key: string): Promise<ChartPatient>;
  findPatients(session: VendorSession, wanted: PatientQuery): Promise<ChartPatient[]>;
  /** Folders of the chart, in the practice's order; at most one is proposed for a lab's papers. */
  categories(session: VendorSession): Promise<ChartCategory[]>;
  list(session: VendorSession, patientKey: string, zone: string): Promise<ChartDocument[]>;
  /** @returns the document's key, or null from a practice whose version does not tell: it is in the list then */
  upload(session: VendorSession, file: ChartFile & { bytes: Buffer; extension: string }): Promise<string | null>;
  /** The practice fetches the file from an SFTP site. @returns as `upload` */
  pull(session: VendorSession, file: ChartFile, site: SftpAddress): Promise<string | null>;
  /**
   * The practice keeps an address and fetches the file when somebody first opens it, days later: only an address of ours lives that
   * long. @returns as `upload`
   */
  link(session: VendorSession, file: ChartFile, url: string): Promise<string | null>;
  /** Takes a document out of the chart, with its file. @throws {VendorError} not_found */
  remove(session: VendorSession, key: string): Promise<void>;
  /** The practice puts a document, or the picture of a mount, on an SFTP site. */
  push(
    session: VendorSession,
    document: { kind: ChartDocument["kind"]; key: string },
    site: SftpAddress,
  ): Promise<void>;
  /** The practice puts small pictures of a patient's images on an SFTP site. @returns which file shows which document */
  pushThumbnails(
    session: VendorSession,
    patientKey: string,
    site: SftpAddress,
  ): Promise<{ key: string; fileName: string }[]>;
  labs(session: VendorSession): Promise<{ key: string; name: string }[]>;
  providers(session: VendorSession): Promise<{ key: string; name: string }[]>;
  labCases(session: VendorSession, patientKey: string, zone: string): Promise<LabCase[]>;
  /** Creates a lab case, or changes the one with this key. @returns its key */
  saveLabCase(session: VendorSession, labCase: LabCaseInput, zone: string): Promise<string>;
  /** @throws {VendorError} not_found; invalid while a slip is attached to it */
  removeLabCase(session: VendorSession, key: string): Promise<void>;
  appointments(session: VendorSession, patientKey: string, zone: string): Promise<ChartAppointment[]>;
};

export type PatientQuery = { lastName: string; firstName?: string; birthDate?: string };

export type ChartPatient = {
  key: string;
  lastName: string;
  firstName: string;
  /** "2001-12-31"; null when the practice does not know it. */
  birthDate: string | null;
  chartNumber: string | null;
  isActive: boolean;
};

export type ChartCategory = { key: string; name: string; isProposed: boolean };

export const IMAGE_TYPES = ["document", "radiograph", "photo", "file", "attachment"] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

export type ChartFile = {
  patientKey: string;
  description: string;
  categoryKey: string | null;
  imageType: ImageType;
  teeth: readonly Fdi[];
};

export type ChartDocument = {
  kind: "document" | "mount";
  key: string;
  description: string;
  category: string;
  /** Null where the practice's time of that day cannot be read. */
  createdAt: Date | null;
  teeth: Fdi[];
  /** Its name in the practice, for telling pictures from papers only; "" for a mount. */
  extension: string;
};

/** A place on an SFTP site, for one transfer. */
export type SftpAddress = { host: string; port: number; path: string; username: string; password: string };

export type LabCase = {
  key: string;
  labKey: string;
  providerKey: string;
  appointmentKey: string | null;
  /** A calendar day of the practice. */
  dueOn: string | null;
  sentAt: Date | null;
  receivedAt: Date | null;
  checkedAt: Date | null;
  status: "created" | "sent" | "received" | "checked";
  instructions: string;
};

export type LabCaseInput = {
  /** Null for a new one. */
  key: string | null;
  patientKey: string;
  labKey: string;
  providerKey: string;
  appointmentKey: string | null;
  /** A calendar day of the practice. */
  dueOn: string | null;
  sentAt: Date | null;
  receivedAt: Date | null;
  instructions: string;
};

export type ChartAppointment = {
  key: string;
  status: string;
  at: Date | null;
  description: string;
  /** Still to come: a lab case can be made for it. */
  isOpen: boolean;
  /** Foreseen, and without a date yet. */
  isPlanned: boolean;
};
