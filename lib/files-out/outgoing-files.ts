import { extname } from "node:path";
import type { OrderFile, Scan } from "#generated/prisma/client.ts";
import { openFileName, openPatient } from "#lib/orders/seal-order.ts";
import { type DownloadFormat, nameOfScan, withEnding } from "#lib/scans/download-scan.ts";
import { safeFileName, uniqueFileName } from "#lib/scans/safe-file-name.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import { applyTemplate, type NameValues } from "./name-template.ts";

export const OUTGOING_COLUMNS = {
  id: true,
  organisationId: true,
  number: true,
  vendor: true,
  connectionId: true,
  patientSealed: true,
  receivedAt: true,
  dueOn: true,
  detailFetchedAt: true,
  clinic: { select: { name: true } },
  lab: { select: { name: true } },
  files: {
    where: { removedAt: null, kind: { not: "group_info" } },
    orderBy: { position: "asc" },
    include: { scan: true, order: { select: { number: true, vendor: true, connectionId: true } } },
  },
} as const;

export type FileOfOrder = OrderFile & {
  scan: Scan | null;
  order: { number: string; vendor: string; connectionId: string };
};
export type OutgoingOrder = {
  id: string;
  organisationId: string;
  number: string;
  vendor: string;
  patientSealed: Uint8Array;
  receivedAt: Date;
  dueOn: Date | null;
  detailFetchedAt: Date | null;
  clinic: { name: string } | null;
  lab: { name: string } | null;
  files: FileOfOrder[];
};

/** The name of each file on its way out, with its ending; the same for a zip, a folder and the next time. By file id. */
export function nameFiles(order: OutgoingOrder, format: DownloadFormat, template: string | null): Map<string, string> {
  const taken = new Set<string>(["not included.txt"]);
  const ofOrder = valuesOf(order);
  return new Map(
    order.files.map((file) => {
      const plain = plainName(file, format);
      const ending = extname(plain);
      const stem = plain.slice(0, plain.length - ending.length);
      const jaw = file.kind === "scan" ? (file.jaw ?? "") : "";
      // Upper and lower are told apart by their names, also where the scanner gave both the same.
      const name = template
        ? applyTemplate(template, { ...ofOrder, jaw, kind: file.kind, name: stem }) + ending
        : `${jaw ? `${jaw}_` : ""}${plain}`;
      return [file.id, uniqueFileName(name, taken)];
    }),
  );
}

/** The folder of an order among others. */
export function folderOf({ number, clinic }: OutgoingOrder, taken: Set<string>): string {
  return uniqueFileName(
    safeFileName([number, clinic?.name].filter(Boolean).join(" "), "order").replace(/\./g, "_"),
    taken,
  );
}

function plainName(file: FileOfOrder, format: DownloadFormat): string {
  const listed = safeFileName(openFileName(file.organisationId, file.id, file.nameSealed));
  if (file.kind !== "scan" || !file.scan?.sha256) return listed;
  const name = nameOfScan({ ...file.scan, file });
  return format === "original" || format === file.scan.format ? name : withEnding(name, format);
}

function valuesOf(order: OutgoingOrder): Omit<NameValues, "jaw" | "kind" | "name"> {
  const patient = openPatient(order.organisationId, order.id, order.patientSealed);
  return {
    number: order.number,
    clinic: order.clinic?.name ?? "",
    lab: order.lab?.name ?? "",
    case: patient.caseName ?? "",
    patient: patient.patientName ?? "",
    patient_code: patient.patientCode ?? "",
    received: order.receivedAt.toISOString().slice(0, 10),
    due: order.dueOn?.toISOString().slice(0, 10) ?? "",
    portal: findVendor(order.vendor)?.name ?? order.vendor,
  };
}
