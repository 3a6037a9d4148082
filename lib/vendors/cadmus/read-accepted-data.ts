import type { Jaw, Restoration } from "#lib/orders/order-schema.ts";
import { parseTooth, toothOf } from "#lib/teeth/tooth.ts";
import { AliasReader } from "#lib/vendors/cadmus/alias-reader.ts";
import type { VendorFile } from "#lib/vendors/vendor.ts";

/** What we found in `acceptedData`. */
export type AcceptedData = {
  patientName: string | null;
  clinicName: string | null;
  caseName: string | null;
  description: string | null;
  dueDate: unknown;
  restorations: Restoration[];
  bridges: number[][];
  scans: VendorFile[];
  orderForm: VendorFile | null;
  unmapped: string[];
};

export const ORDER_FORM_KEY = "order_form";

/**
 * Reads `acceptedData`. The guide says that patient name, scan files, dentist and restorations always sit in the same place and
 * names `patient.fullName`, `orderForm` and `fileLink`; every other name here is tried under its likely spellings.
 */
export function readAcceptedData(value: unknown): AcceptedData {
  const unmapped = new Set<string>();
  const data = new AliasReader(value, "acceptedData", unmapped);
  const restorations = readRestorations(data);
  const found = {
    patientName: readName(data.record("patient")) ?? data.text("patientFullName", "patientName"),
    clinicName: readClinic(data),
    caseName: data.text("caseName", "orderName", "title", "reference"),
    description: data.text("notes", "note", "comments", "comment", "remarks", "instructions", "description"),
    dueDate: readDueDate(data),
    ...restorations,
    scans: readScans(data),
    orderForm: readOrderForm(data.take("orderForm")),
  };
  data.finish();
  return { ...found, unmapped: [...unmapped].sort().slice(0, 50) };
}

function readDueDate(data: AliasReader): unknown {
  const delivery = data.record("delivery", "shipping");
  const inDelivery = delivery.take("requestedDate", "requestedDeliveryDate", "dueDate", "date");
  delivery.finish();
  return data.take("dueDate", "deliveryDate", "requestedDeliveryDate", "dueAt") ?? inDelivery;
}

function readName(person: AliasReader): string | null {
  const whole = person.text("fullName", "name", "displayName");
  const parts = [person.text("firstName", "givenName"), person.text("lastName", "familyName", "surname")];
  person.finish();
  return whole ?? (parts.filter(Boolean).join(" ") || null);
}

/** The practice where it is named, else the dentist: the other side of the order. */
function readClinic(data: AliasReader): string | null {
  const dentist = data.take("dentist", "doctor", "practitioner");
  const practice = data.named("practice", "clinic", "practiceName", "clinicName");
  if (typeof dentist === "string") return practice ?? (dentist.trim() || null);
  const person = data.inside(dentist, "dentist");
  const workplace = person.named("practice", "practiceName", "clinic", "clinicName");
  const name = readName(person);
  return practice ?? workplace ?? name;
}

function readScans(data: AliasReader): VendorFile[] {
  const given = data.take("scanFiles", "scans", "files");
  // A record by jaw ({ upper: {…} }) is a list whose items know their jaw from their key.
  const items: [unknown, string][] = Array.isArray(given)
    ? given.map((item) => [item, ""])
    : typeof given === "object" && given !== null
      ? Object.entries(given).map(([jaw, item]) => [item, jaw])
      : [];
  const files = items.map(([item, jaw]) => readScan(item, jaw, data)).filter((file) => file !== null);
  return [...new Map(files.map((file) => [file.key, file])).values()];
}

function readScan(item: unknown, jawKey: string, data: AliasReader): VendorFile | null {
  if (typeof item === "string") return scanFile(lastPart(item), extensionOf(item), jawKey, null);
  const file = data.item(item, "scanFiles");
  const link = file.text("fileLink", "link", "path");
  const name = file.text("filename", "fileName", "name", "originalFilename") ?? (link ? lastPart(link) : null);
  const type = file.text("type");
  const fileType = file.text("fileType", "format", "extension") ?? (isMeshType(type) ? type : null);
  const jaw = file.text("scanType", "jaw", "jawType", "scan", "arch", "kind", "position") ?? type ?? "";
  const bytes = file.number("size", "fileSize", "bytes");
  file.finish();
  return name ? scanFile(name, fileType ?? extensionOf(name), `${jaw} ${jawKey}`, bytes) : null;
}

/** The key holds what `GET …/files/{filename}?fileType=` needs: the same name may come in several types. */
function scanFile(name: string, fileType: string, jawText: string, bytes: number | null): VendorFile {
  const type = fileType.toLowerCase().replace(/^\./, "");
  const isScan = isMeshType(type);
  return {
    key: `${type}:${name}`,
    name,
    kind: isScan ? "scan" : "attachment",
    vendorFileType: type,
    jaw: isScan ? jawOf(jawText, name) : null,
    biteGroup: null,
    bytes,
  };
}

function readOrderForm(value: unknown): VendorFile | null {
  if (value === null || value === undefined || value === "" || value === false) return null;
  const form = new AliasReader(value, "", new Set());
  const link = typeof value === "string" ? value : form.text("fileLink", "link", "path");
  const name = form.text("filename", "fileName", "name") ?? (link ? lastPart(link) : null);
  return {
    key: ORDER_FORM_KEY,
    name: name ?? "order form.pdf",
    kind: "order_form",
    vendorFileType: "pdf",
    jaw: null,
    biteGroup: null,
    bytes: form.number("size", "fileSize", "bytes"),
  };
}

/** A restoration that names several teeth is one for each; teeth of a bridge are a bridge as well. */
function readRestorations(data: AliasReader): { restorations: Restoration[]; bridges: number[][] } {
  const restorations: Restoration[] = [];
  const bridges: number[][] = [];
  for (const one of data.list("restorations", "items", "prescription")) {
    const item = data.item(one, "restorations");
    const teeth = teethOf(item.take("teeth", "tooth", "toothNumbers", "toothNumber", "toothNo"));
    const type = item.named("type", "restorationType", "category", "indication", "name", "product");
    const what = {
      jaw: null,
      dieNumber: null,
      type,
      typeCode: type,
      method: item.named("method", "technique"),
      methodCode: null,
      ...materialOf(item.named("material", "materialName")),
      shade: shadeOf(item.named("shade", "color", "colour")),
    };
    item.finish();
    for (const tooth of teeth.length > 0 ? teeth : [null]) {
      const fdi = tooth === null ? null : parseTooth(tooth, "fdi");
      restorations.push({ tooth: fdi === null ? null : toothOf(fdi), toothText: fdi === null ? tooth : null, ...what });
    }
    const numbers = teeth.map((tooth) => parseTooth(tooth, "fdi")).filter((tooth) => tooth !== null);
    if (numbers.length > 1 && /bridge|brug|brücke/i.test(type ?? "")) bridges.push(numbers);
  }
  return { restorations, bridges };
}

function materialOf(material: string | null) {
  return { material, materialCode: material };
}

/** Portals pass their own words for "no shade" on: NONE_SHADE is MeditLink's. */
function shadeOf(shade: string | null): string | null {
  return shade === null || /^(none|no)([ _-]?shade)?$/i.test(shade) ? null : shade;
}

function isMeshType(type: string | null): boolean {
  return /^\.?(stl|ply|obj)$/i.test(type ?? "");
}

/** 45, "45", "45, 46", [45, "46"], [{ number: 45 }] */
function teethOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(teethOf);
  if (typeof value === "number") return [String(value)];
  if (typeof value === "string") return value.split(/[\s,;]+/).filter(Boolean);
  return typeof value === "object" && value !== null
    ? teethOf(new AliasReader(value, "", new Set()).take("number", "tooth", "fdi", "toothNumber"))
    : [];
}

function jawOf(text: string, name: string): Jaw {
  for (const candidate of [text, name].map((one) => one.toLowerCase())) {
    if (/bite|occlu|buccal/.test(candidate)) return "bite";
    if (/upper|maxill/.test(candidate)) return "upper";
    if (/lower|mandib/.test(candidate)) return "lower";
  }
  return "other";
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? "" : name.slice(dot + 1);
}
