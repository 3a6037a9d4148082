import { documentBytes } from "./documents.ts";
import { patientName } from "./patient-names.ts";
import { everydayPrescription, type Prescription } from "./prescriptions.ts";
import { hash32, Random } from "./random.ts";
import type { CaseRecord, FileContent, FileQuirk, Group, Jaw, OrderRecord, ScanSource } from "./vendor-records.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface PlannedFile {
  name: string;
  size: number;
  fileType: string;
  content: FileContent;
  clinicUuid?: string;
  copyUuid?: string;
}

/** An order before it has identifiers: what the oddities change. */
export interface OrderPlan {
  number: number;
  anatomy: number;
  buyer: Group;
  seller: Group;
  status: string;
  createdAt: number;
  updatedAt: number;
  desiredDelivery: OrderRecord["desiredDelivery"];
  scannedAt: number | null;
  patient: CaseRecord["patient"];
  sharesPatientName: boolean;
  caseName: string;
  caseStatus: string;
  tags: string[] | null;
  description: string;
  delivery: Record<string, unknown>[];
  prescription: Prescription;
  formInformation: CaseRecord["formInformation"];
  bridges: number[][] | null;
  files: PlannedFile[];
  occlusionGroups: { name: string; files: number[] }[];
  drift: Record<string, unknown> | null;
  clinicCaseUuid?: string;
  orderCaseUuid?: string;
}

export interface OrderSeed {
  number: number;
  buyer: Group;
  seller: Group;
  /** Epoch ms. */
  createdAt: number;
  status: string;
  triangles: number;
}

/** An everyday order, wholly decided by its number: the same number gives the same patient, work and scans. */
export function planOrder(seed: OrderSeed, now: number): OrderPlan {
  const random = new Random(`order ${seed.number}`);
  const anatomy = hash32(`anatomy ${seed.number}`);
  const patient = patientName(random);
  const prescription = everydayPrescription(random);
  const scannedAt = seed.createdAt - random.int(10, 240) * 60_000;
  const settled = seed.status === "PENDING" ? 0 : random.int(1, 40) * HOUR;
  const due = localMidnight(seed.createdAt + random.int(5, 12) * DAY, seed.buyer.timeZone);
  return {
    number: seed.number,
    anatomy,
    buyer: seed.buyer,
    seller: seed.seller,
    status: seed.status,
    createdAt: seed.createdAt,
    updatedAt: Math.min(now - 1_000, seed.createdAt + settled + random.int(0, 900) * 997),
    desiredDelivery: random.chance(0.3) ? due + random.int(8, 18) * HOUR : due,
    scannedAt,
    patient: { name: patient, code: String(random.int(10_000, 999_999)) },
    sharesPatientName: random.chance(0.7),
    caseName: caseNameFor(patient, prescription, random),
    caseStatus: seed.status === "PENDING" ? "SCAN" : random.pick(["SCAN", "CAD", "CAM", "COMPLETE"]),
    tags: random.chance(0.25) ? [random.pick(["rush", "implant", "second try", "VIP", "warranty"])] : [],
    description: random.chance(0.4) ? random.pick(REMARKS) : "",
    delivery: deliveryFor(seed.status, seed.createdAt, random),
    prescription,
    formInformation: { type: "TEETH", items: prescription.items },
    bridges: prescription.bridges,
    files: everydayFiles(anatomy, prescription, seed.triangles, random),
    occlusionGroups: [],
    drift: null,
  };
}

const REMARKS = [
  "Please keep the contact light, patient grinds at night.",
  "Shade photo attached.",
  "Margin is subgingival on the mesial side. Call if unclear.",
  "Patient leaves on holiday, please do not deliver late.",
  "Try-in first.",
  "Match the neighbour, translucent incisal third please.",
];

function caseNameFor(patient: string, { label }: Prescription, random: Random): string {
  const draw = random.next();
  if (draw < 0.55) return `${patient}'s Case`;
  if (draw < 0.65) return `${patient}'s Case - clone`;
  return `${patient} ${label}`;
}

function deliveryFor(status: string, createdAt: number, random: Random): Record<string, unknown>[] {
  if (!["SHIPPED", "COMPLETED", "SHIPPING_X"].includes(status)) return [];
  const at = new Date(createdAt + random.int(2, 5) * DAY).toISOString().replace(/\.\d+Z$/, "Z");
  const company = random.pick(["DHL", "UPS", "CJ Logistics", "Lab courier"]);
  return [
    {
      dateUpdated: at,
      dateScheduled: at,
      companyName: company,
      trackingNumber: `${company.slice(0, 2).toUpperCase()}${random.int(10_000_000, 99_999_999)}`,
      status: status === "COMPLETED" ? "RECEIVED" : "SHIPPED",
      message: "",
    },
  ];
}

function everydayFiles(anatomy: number, work: Prescription, triangles: number, random: Random): PlannedFile[] {
  const scan = (name: string, jaw: Jaw, entry: string) =>
    scanFile(name, entry, generatedScan(jaw, anatomy, work, triangles, random.chance(0.5)), random);
  const files = [
    scan("maxillary.meditMesh", "upper", "maxilla"),
    scan("mandibular.meditMesh", "lower", "mandible"),
    scan("occlusionfirst.meditMesh", "bite-left", "occlusion_first"),
  ];
  if (random.chance(0.5)) files.push(scan("occlusionsecond.meditMesh", "bite-right", "occlusion_second"));
  if (random.chance(0.3)) files.push(documentFile("occlusion_1_raw.meditGroupInfo", "group-info", random, "SCAN_DATA"));
  if (random.chance(0.2)) files.push(documentFile("shade photo.png", "photo", random));
  if (random.chance(0.12)) files.push(documentFile("instructions.pdf", "note", random));
  return files;
}

export function generatedScan(
  jaw: Jaw,
  anatomy: number,
  work: Prescription,
  triangles: number,
  coloured = false,
): ScanSource {
  const { prepared, missing } = work;
  return { from: "generator", jaw, anatomy, prepared, missing, triangles, coloured };
}

/** `entry` is the name inside the archive without its extension; it differs from the case's file name (guide §3.4.1). */
export function scanFile(
  name: string,
  entry: string,
  scan: ScanSource,
  random: Random,
  quirk?: FileQuirk,
): PlannedFile {
  const content: FileContent = { kind: "mesh", scan, entryName: entry, ...(quirk === undefined ? {} : { quirk }) };
  return { name, size: random.int(180_000, 900_000), fileType: "SCAN_DATA", content };
}

export function documentFile(
  name: string,
  document: Extract<FileContent, { kind: "document" }>["document"],
  random: Random,
  fileType = "ATTACHED_DATA",
): PlannedFile {
  const content = { kind: "document", document, seed: random.int(0, 40), title: `Note for ${name}` } as const;
  return { name, size: documentBytes(content).length, fileType, content };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Midnight of that day in the zone, epoch ms: Medit prints a desired delivery day as the clinic's midnight in UTC. */
function localMidnight(at: number, timeZone: string): number {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      hourCycle: "h23",
    });
    formatters.set(timeZone, formatter);
  }
  const part = Object.fromEntries(formatter.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const sinceMidnight = ((part.hour ?? 0) * 3600 + (part.minute ?? 0) * 60 + (part.second ?? 0)) * 1000;
  return Math.floor(at / 1000) * 1000 - sinceMidnight;
}
