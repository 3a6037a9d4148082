import type { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import {
  type OrderForChart,
  readOrderForChart,
  requireMatch,
  requireSamePatient,
  withCharts,
} from "#lib/documents/chart-of-order.ts";
import type { LabCaseChoices, LabCaseView, labCaseBodySchema } from "#lib/documents/document-schema.ts";
import { record } from "#lib/documents/match-patient.ts";
import { keyOfOrder } from "#lib/documents/paper-key.ts";
import { whenFree } from "#lib/documents/when-free.ts";
import { isFdi, printTeeth } from "#lib/teeth/tooth.ts";
import type { LabCase } from "#lib/vendors/document-store.ts";

/**
 * What an order's lab case can be made of, and the one that is there.
 * @throws {AppError} forbidden, not_found, chart_not_matched, reconnect_needed {VendorError}
 */
export async function readLabCaseChoices(principal: Principal, orderId: string): Promise<LabCaseChoices> {
  requirePermission(principal, "decide");
  const { labName } = await readOrderForChart(principal, orderId);
  const { connectionId, patient } = await requireMatch(principal, orderId);
  return withCharts(principal, connectionId, async (charts, session, zone) => {
    const labCases = await charts.labCases(session, patient.key, zone);
    const appointments = await charts.appointments(session, patient.key, zone);
    const labs = await charts.labs(session);
    const mine = labCases.find(({ instructions }) => instructions.includes(keyOfOrder(orderId)));
    return {
      labs,
      providers: await charts.providers(session),
      appointments: appointments
        .filter(({ isOpen, key }) => isOpen || key === mine?.appointmentKey)
        .map(({ isOpen: _, at, ...rest }) => ({ ...rest, at: at?.toISOString() ?? null })),
      proposedLab: labs.find(({ name }) => name.toLowerCase() === labName?.toLowerCase())?.key ?? null,
      labCase: mine ? toView(mine) : null,
    };
  });
}

function toView({ instructions: _, sentAt, receivedAt, checkedAt, ...rest }: LabCase): LabCaseView {
  const text = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...rest,
    sentAt: text(sentAt),
    receivedAt: text(receivedAt),
    checkedAt: text(checkedAt),
  };
}

/**
 * Creates the practice's lab case of an order, or brings it up to date: due day, when it was sent, when it came back. The order's own
 * is recognised by a key in its instructions, so that there is never a second one; what the practice wrote beside it stays.
 * @throws {AppError} forbidden, not_found, chart_not_matched, patient_changed, reconnect_needed {VendorError}
 */
export async function saveLabCase(
  principal: Principal,
  orderId: string,
  choice: z.infer<typeof labCaseBodySchema>,
): Promise<{ key: string }> {
  requirePermission(principal, "decide");
  const order = await readOrderForChart(principal, orderId);
  return whenFree(orderId, async () => saveInTurn(principal, order, choice));
}

async function saveInTurn(
  principal: Principal,
  order: OrderForChart,
  choice: z.infer<typeof labCaseBodySchema>,
): Promise<{ key: string }> {
  const orderId = order.id;
  const match = await requireMatch(principal, orderId);
  const { connectionId, patient, id: matchId } = match;
  const key = await withCharts(principal, connectionId, async (charts, session, zone) => {
    await requireSamePatient(charts, session, match);
    const mine = keyOfOrder(orderId);
    const there = (await charts.labCases(session, patient.key, zone)).find((one) => one.instructions.includes(mine));
    const input = {
      key: there?.key ?? null,
      patientKey: patient.key,
      labKey: choice.lab,
      providerKey: choice.provider,
      appointmentKey: choice.appointment,
      dueOn: order.dueOn?.toISOString().slice(0, 10) ?? null,
      sentAt: order.receivedAt,
      receivedAt: order.status === "completed" ? order.vendorUpdatedAt : null,
      instructions: there?.instructions ?? instructionsOf(order, mine),
    };
    return charts.saveLabCase(session, input, zone);
  });
  await withOrganisation(principal.organisationId, (tx) =>
    record(tx, principal, orderId, "chart.lab_case_saved", "lab_case_saved", { matchId, labCase: key }),
  );
  return { key };
}

/** Read by people in the practice: a number of the order, its teeth in the notation of the practice, and the key. */
function instructionsOf(order: OrderForChart, key: string): string {
  const teeth = order.restorations.flatMap(({ tooth }) => (tooth && isFdi(tooth.fdi) ? [tooth.fdi] : []));
  const numbers = teeth.length > 0 ? ` (Universal ${printTeeth(teeth, "universal")})` : "";
  return `${order.number}${numbers} [${key}]`;
}
