import { documentBytes, pdfPage } from "./documents.ts";
import {
  DEFINITIONS,
  LAB_TURNAROUNDS,
  LABORATORIES,
  NO_TIME,
  type OdAppointment,
  type OdDefinition,
  type OdDocument,
  type OdPatient,
  type OdState,
} from "./open-dental-records.ts";

/** The developer's key, and the office's customer keys with what each may do. */
export const OPEN_DENTAL_DEVELOPER_KEY = "OdDev7hK2mQ9xW4z";
export type OdPermission = "ReadAll" | "Documents" | "AllOthers" | "Setup" | "Patients" | "Enterprise";
export const OPEN_DENTAL_CUSTOMER_KEYS = {
  full: "OdCustFull8Rb3Vn",
  documents: "OdCustDocs5Tm1Jc",
  read: "OdCustRead2Yk6Lp",
  enterprise: "OdCustEntr4Gs9Wd",
} as const;

export const PERMISSIONS_OF: Record<string, readonly OdPermission[]> = {
  [OPEN_DENTAL_CUSTOMER_KEYS.full]: ["ReadAll", "Documents", "AllOthers", "Setup", "Patients"],
  [OPEN_DENTAL_CUSTOMER_KEYS.documents]: ["ReadAll", "Documents"],
  [OPEN_DENTAL_CUSTOMER_KEYS.read]: ["ReadAll"],
  [OPEN_DENTAL_CUSTOMER_KEYS.enterprise]: ["ReadAll", "Documents", "AllOthers", "Setup", "Patients", "Enterprise"],
};

/** The office's own zone: the API's times have none. */
export const OFFICE_ZONE = "America/Los_Angeles";
const FIRST_DOC_NUM = 34;

/** One office: documents and lab cases outlive a restart, what it set up begins anew. */
export class OpenDentalOffice {
  patients: OdPatient[] = [];
  appointments: OdAppointment[] = [];
  laboratories: typeof LABORATORIES = [];
  labTurnarounds: typeof LAB_TURNAROUNDS = [];
  definitions: OdDefinition[] = [];
  state: OdState = { documents: [], mounts: [], labCases: [], nextDocNum: FIRST_DOC_NUM, nextLabCaseNum: 1 };
  /** Host keys of SFTP sites, as first seen: a changed one is refused. */
  readonly knownHosts = new Map<string, string>();
  /** When each customer key called last, epoch ms. */
  readonly lastCallAt = new Map<string, number>();
  #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    this.seed();
  }

  /** "yyyy-MM-dd HH:mm:ss" as the office's clocks show it. */
  localNow(): string {
    return localTime(this.#now());
  }

  seed(): void {
    const stamp = localTime(this.#now() - 90 * 86_400_000);
    this.patients = seedPatients(stamp);
    this.appointments = seedAppointments(this.#now(), stamp);
    this.laboratories = structuredClone(LABORATORIES);
    this.labTurnarounds = structuredClone(LAB_TURNAROUNDS);
    this.definitions = structuredClone(DEFINITIONS);
    this.state = { documents: [], mounts: [], labCases: [], nextDocNum: FIRST_DOC_NUM, nextLabCaseNum: 1 };
    this.knownHosts.clear();
    this.lastCallAt.clear();
    this.#seedImages(stamp);
  }

  patient(patNum: number): OdPatient | undefined {
    return this.patients.find(({ PatNum }) => PatNum === patNum);
  }

  addDocument(
    given: Omit<OdDocument, "DocNum" | "DateTStamp" | "FileName"> & { FileName?: string; extension: string },
  ) {
    const { extension, FileName, ...rest } = given;
    const DocNum = this.state.nextDocNum++;
    const name = FileName ?? `${this.#folderName(rest.PatNum)}${DocNum}${extension}`;
    const document: OdDocument = { ...rest, DocNum, FileName: name, DateTStamp: this.localNow() };
    this.state.documents.push(document);
    return document;
  }

  /** Where the file lies in the office's A-to-Z folders; shown as it is, never a path of ours. */
  filePath({ PatNum, FileName }: OdDocument): string {
    const folder = `${this.#folderName(PatNum)}${PatNum}`;
    return `\\\\server\\OpenDentImages\\${folder[0]}\\${folder}\\${FileName}`;
  }

  #folderName(patNum: number): string {
    const patient = this.patient(patNum);
    return `${patient?.LName ?? "Unknown"}${patient?.FName ?? ""}`.replace(/[^A-Za-z]/g, "");
  }

  /** Per patient of the first three: a photograph, a letter and a mount of two bitewings. */
  #seedImages(stamp: string): void {
    for (const { PatNum } of this.patients.slice(0, 3)) {
      const base = { PatNum, mount: 0, Note: "", DateCreated: stamp, ProvNum: 1, PrintHeading: "false" };
      const photo = (seed: number) => documentBytes({ kind: "document", document: "photo", seed, title: "" } as never);
      this.addDocument({
        ...base,
        Description: "Smile, frontal",
        DocCategory: 137,
        ImgType: "Photo",
        ToothNumbers: "6,7,8,9,10,11",
        bytes: photo(PatNum).toString("base64"),
        extension: ".png",
      });
      this.addDocument({
        ...base,
        Description: "Referral letter",
        DocCategory: 47,
        ImgType: "Document",
        ToothNumbers: "",
        bytes: pdfPage(["Referral letter", "", "Please treat as discussed."]).toString("base64"),
        extension: ".pdf",
      });
      const MountNum = 15 + this.state.mounts.length;
      this.state.mounts.push({
        MountNum,
        PatNum,
        Description: "4BW",
        Note: "Bitewings",
        DateCreated: stamp,
        DocCategory: 135,
      });
      for (const side of [1, 2])
        this.addDocument({
          ...base,
          mount: MountNum,
          Description: "",
          DocCategory: 135,
          ImgType: "Radiograph",
          ToothNumbers: "",
          bytes: photo(1000 * side + PatNum).toString("base64"),
          extension: ".png",
        });
    }
  }
}

export function localTime(epochMs: number): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: OFFICE_ZONE, dateStyle: "short", timeStyle: "medium" });
  return parts.format(epochMs);
}

const PEOPLE: [last: string, first: string, birthdate: string][] = [
  ["Smith", "John", "1984-03-02"],
  ["Smith", "John", "1951-11-23"],
  ["Okafor", "Grace", "1990-07-14"],
  ["Fernández", "Lucía", "1978-01-30"],
  ["O’Brien", "Liam", "2012-05-05"],
  ["Kim", "Ji-ho", "0001-01-01"],
];

function seedPatients(stamp: string): OdPatient[] {
  return PEOPLE.map(([LName, FName, Birthdate], index) => ({
    PatNum: 101 + index,
    LName,
    FName,
    Preferred: "",
    Birthdate,
    Gender: "Unknown",
    PatStatus: "Patient",
    ChartNumber: `C${101 + index}`,
    Email: "",
    PriProv: 1,
    ClinicNum: 0,
    DateTStamp: stamp,
  }));
}

function seedAppointments(now: number, stamp: string): OdAppointment[] {
  const shared = { PatNum: 101, ProvNum: 1, ClinicNum: 0, Note: "", DateTStamp: stamp };
  const dated = [-10, 9, 16].map((days, index) => ({
    ...shared,
    AptNum: 501 + index,
    AptStatus: days < 0 ? "Complete" : "Scheduled",
    AptDateTime: `${localTime(now + days * 86_400_000).slice(0, 10)} 09:30:00`,
    ProcDescript: index === 2 ? "Seat" : "Try-in",
  }));
  return [...dated, { ...shared, AptNum: 504, AptStatus: "Planned", AptDateTime: NO_TIME, ProcDescript: "Crown" }];
}

/** Filled dates decide what a lab case is; an empty one is written as the vendor writes "none". */
export function emptyLabCase(LabCaseNum: number, created: string) {
  return {
    LabCaseNum,
    PatNum: 0,
    LaboratoryNum: 0,
    AptNum: 0,
    PlannedAptNum: 0,
    DateTimeDue: NO_TIME,
    DateTimeCreated: created,
    DateTimeSent: NO_TIME,
    DateTimeRecd: NO_TIME,
    DateTimeChecked: NO_TIME,
    ProvNum: 0,
    Instructions: "",
    LabFee: 0,
    DateTStamp: created,
    InvoiceNum: "",
  };
}
