import { DECIDUOUS_TEETH, type Fdi, isDeciduous, PERMANENT_TEETH, parseTooth } from "#lib/teeth/tooth.ts";
import type { ChartCategory, ChartDocument, ChartPatient, LabCase } from "#lib/vendors/document-store.ts";
import { readLocalTime } from "#lib/vendors/open-dental/local-time.ts";
import type { DocumentRow, LabCaseRow, PatientRow } from "#lib/vendors/open-dental/schemas.ts";

/** Open Dental's records in our words. Pure. */

export function toPatient(row: PatientRow): ChartPatient {
  return {
    key: row.PatNum,
    lastName: row.LName ?? "",
    firstName: row.FName ?? "",
    birthDate: dayOf(row.Birthdate),
    chartNumber: row.ChartNumber,
    isActive: row.PatStatus === null || row.PatStatus === "Patient",
  };
}

/** A date that is "0001-01-01" is none. */
function dayOf(text: string | null): string | null {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text ?? "")?.[0];
  return day && !day.startsWith("0001") ? day : null;
}

/** @returns null for a row that is neither a document nor a mount */
export function toDocument(row: DocumentRow, zone: string): ChartDocument | null {
  const kind = row.DocNum ? "document" : "mount";
  const number = row.DocNum || row.MountNum;
  if (!number) return null;
  const place = row.FileName ?? row.filePath ?? "";
  return {
    kind,
    key: String(number),
    description: (row.Description ?? "").trim(),
    category: row.docCategory ?? "",
    createdAt: readLocalTime(row.DateCreated, zone),
    teeth: readTeeth(row.ToothNumbers),
    extension: kind === "mount" ? "" : (/\.[A-Za-z0-9]{1,8}$/.exec(place)?.[0].toLowerCase() ?? ""),
  };
}

const CHART_ORDER: readonly Fdi[] = [...PERMANENT_TEETH, ...DECIDUOUS_TEETH];

/** "1,2,3", "1-5,8" or "1-32" in US Universal: ranges run as it counts, over both arches. What is no tooth is left out. */
function readTeeth(text: string | null): Fdi[] {
  return (text ?? "").split(",").flatMap((part) => {
    const [from, to = from] = part.split("-").map((end) => parseTooth(end, "universal"));
    if (!from || !to || isDeciduous(from) !== isDeciduous(to)) return [];
    const places = [CHART_ORDER.indexOf(from), CHART_ORDER.indexOf(to)];
    return CHART_ORDER.slice(Math.min(...places), Math.max(...places) + 1);
  });
}

/**
 * The image categories. "B" among the letters of ItemValue marks the folder of lab cases; without one, a folder whose name speaks
 * of a lab is proposed.
 */
export function toCategories(
  rows: { DefNum: string; ItemName: string | null; ItemValue: string | null }[],
): ChartCategory[] {
  const marked =
    rows.find((row) => row.ItemValue?.includes("B")) ?? rows.find((row) => /\blabs?\b/i.test(row.ItemName ?? ""));
  return rows.map((row) => ({ key: row.DefNum, name: row.ItemName ?? row.DefNum, isProposed: row === marked }));
}

/** A lab case has no status: the last of its dates that is filled is one. */
export function toLabCase(row: LabCaseRow, zone: string): LabCase {
  const sentAt = readLocalTime(row.DateTimeSent, zone);
  const receivedAt = readLocalTime(row.DateTimeRecd, zone);
  const checkedAt = readLocalTime(row.DateTimeChecked, zone);
  return {
    key: row.LabCaseNum,
    labKey: row.LaboratoryNum,
    providerKey: row.ProvNum,
    appointmentKey: row.AptNum ? String(row.AptNum) : row.PlannedAptNum ? plannedKey(row.PlannedAptNum) : null,
    dueOn: dayOf(row.DateTimeDue),
    sentAt,
    receivedAt,
    checkedAt,
    status: checkedAt ? "checked" : receivedAt ? "received" : sentAt ? "sent" : "created",
    instructions: row.Instructions ?? "",
  };
}

const PLANNED = "planned-";

/** An appointment without a date yet stands in a field of its own: the key tells which. */
export function plannedKey(number: number | string): string {
  return `${PLANNED}${number}`;
}

export function appointmentFields(key: string): { AptNum: number } | { PlannedAptNum: number } {
  return key.startsWith(PLANNED) ? { PlannedAptNum: Number(key.slice(PLANNED.length)) } : { AptNum: Number(key) };
}
