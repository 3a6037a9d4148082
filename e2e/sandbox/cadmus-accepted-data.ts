import type { CadmusFile } from "./cadmus-records.ts";
import type { FormItem } from "./vendor-records.ts";

/** What goes into `acceptedData`, before it takes one of its shapes. */
export interface AcceptedContent {
  patient: string | null;
  dentist: string;
  clinic: string;
  items: FormItem[];
  files: CadmusFile[];
  orderForm: string | null;
  folder: string;
  dueDate: string;
}

/**
 * The guide names patient.fullName, scan files, dentist, restorations, orderForm and fileLink, and no more. These are
 * three plausible spellings of the rest, each with keys that nobody announced.
 */
export function acceptedData(content: AcceptedContent, shape: number): Record<string, unknown> {
  return [plainShape, nestedShape, looseShape][shape % 3]?.(content) ?? {};
}

function jawOf(file: CadmusFile): "upper" | "lower" | "bite" {
  const jaw = file.scan.jaw;
  return jaw === "upper" || jaw === "lower" ? jaw : "bite";
}

function plainShape({
  patient,
  dentist,
  items,
  files,
  orderForm,
  folder,
  dueDate,
}: AcceptedContent): Record<string, unknown> {
  return {
    patient: patient === null ? {} : { fullName: patient },
    dentist: { name: dentist },
    scanFiles: files.map((file) => ({
      filename: file.filename,
      fileType: file.fileType,
      scanType: jawOf(file),
      fileLink: `${folder}/${file.filename}`,
    })),
    restorations: items.map(({ toothNo, categoryDisplayName, materialDisplayName, shade }) => ({
      tooth: toothNo,
      type: categoryDisplayName,
      material: materialDisplayName,
      shade: shade === "NONE_SHADE" ? null : shade,
    })),
    orderForm: orderForm === null ? null : { filename: orderForm, fileLink: `${folder}/${orderForm}` },
    dueDate,
    priority: "normal",
  };
}

function nestedShape({
  patient,
  dentist,
  clinic,
  items,
  files,
  orderForm,
  folder,
  dueDate,
}: AcceptedContent): Record<string, unknown> {
  const [firstName = "", ...lastNames] = (patient ?? "").split(" ");
  return {
    patient: { fullName: patient, firstName, lastName: lastNames.join(" "), gender: "unknown" },
    dentist: { fullName: dentist, practice: { name: clinic, customerNumber: `C-${clinic.length * 311}` } },
    files: files.map((file) => ({
      fileName: file.filename,
      type: file.fileType,
      jaw: jawOf(file).toUpperCase(),
      fileLink: `${folder}/${file.filename}`,
      checksum: null,
    })),
    restorations: items.map(({ toothNo, categoryDisplayName, materialDisplayName, shade }) => ({
      teeth: [toothNo],
      restorationType: categoryDisplayName,
      material: { name: materialDisplayName },
      color: shade,
    })),
    orderForm: orderForm === null ? null : `${folder}/${orderForm}`,
    delivery: { requestedDate: dueDate, method: "courier" },
    _portal: { raw: true, revision: 4 },
  };
}

function looseShape({ patient, dentist, items, files, orderForm, folder }: AcceptedContent): Record<string, unknown> {
  return {
    patient: { fullName: patient },
    dentist,
    scans: files.map((file) => ({
      name: file.filename,
      format: file.fileType,
      fileLink: `${folder}/${file.filename}`,
    })),
    restorations: items.map(({ toothNo, categoryDisplayName, shade }) => ({
      toothNumber: String(toothNo),
      indication: categoryDisplayName,
      shade,
    })),
    orderForm: orderForm === null ? undefined : { fileLink: `${folder}/${orderForm}` },
    "x-unmapped": { scanner: "unknown", softwareVersion: "5.2.1" },
    comment: "Bitte Kontaktpunkte beachten",
  };
}
