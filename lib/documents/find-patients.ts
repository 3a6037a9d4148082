import type { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { readOrderForChart, withCharts } from "#lib/documents/chart-of-order.ts";
import type { findPatientsBodySchema, PatientCandidate } from "#lib/documents/document-schema.ts";
import type { ChartPatient } from "#lib/vendors/document-store.ts";
import { VendorError } from "#lib/vendors/error.ts";
import type { PatientData } from "#lib/vendors/vendor.ts";

/** What a key of the practice looks like when the order carries one (patient.code, put there by a bridge). */
const KEY = /^[1-9]\d{0,9}$/;

/**
 * Patients of the practice who may be the one of an order: the one that the order names by the practice's own key, and, when asked
 * for, those of a name with a first name or a birth date. Nothing is decided here. Audited: charts were looked into.
 * @throws {AppError} forbidden, not_found, action_not_available, reconnect_needed {VendorError}
 */
export async function findPatients(
  principal: Principal,
  orderId: string,
  { connection, lastName, firstName, birthDate }: z.infer<typeof findPatientsBodySchema>,
): Promise<{ items: PatientCandidate[] }> {
  requirePermission(principal, "decide");
  const { patient } = await readOrderForChart(principal, orderId);
  const code = patient.patientCode?.trim() ?? "";
  const found = await withCharts(principal, connection, async (charts, session) => {
    const named = KEY.test(code) ? await charts.patient(session, code).catch(nobody) : null;
    const sought = lastName ? await charts.findPatients(session, { lastName, firstName, birthDate }) : [];
    return { named, sought: sought.filter(({ key }) => key !== named?.key) };
  });
  const { organisationId, userId } = principal;
  await withOrganisation(organisationId, (tx) =>
    appendAudit(tx, {
      organisationId,
      actorId: userId,
      action: "chart.searched",
      subjectType: "order",
      subjectId: orderId,
      facts: { connectionId: connection, found: found.sought.length + (found.named ? 1 : 0) },
    }),
  );
  const candidate = (how: "code" | "search") => (one: ChartPatient) => ({
    ...one,
    how,
    nameAgrees: namesAgree(one, patient),
  });
  return {
    items: [...(found.named ? [found.named] : []).map(candidate("code")), ...found.sought.map(candidate("search"))],
  };
}

function nobody(error: unknown): null {
  if (error instanceof VendorError && error.kind === "not_found") return null;
  throw error;
}

/** True when every word of the chart's name stands in the order's; accents, case and order do not matter. */
export function namesAgree(one: Pick<ChartPatient, "firstName" | "lastName">, order: PatientData): boolean | null {
  const text = order.patientName ?? order.caseName;
  if (!text) return null;
  const given = new Set(wordsOf(text));
  return wordsOf(`${one.firstName} ${one.lastName}`).every((word) => given.has(word));
}

function wordsOf(text: string): string[] {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
